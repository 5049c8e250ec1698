// Checks what the public sees of a log with golang.org/x/mod/sumdb, which the project did not write.
//
//	check DIR      exit status 0 = all of it holds; 1 = it does not, and why
//
// DIR is what tests/tests/strangers writes (schemas/export/README.md): public/ with tiles, bundles and the cosigned checkpoint, the
// checkpoint of an earlier size in old, the log's key in log.vkey, the witnesses' in witnesses.vkey, a proof in event.tlog-proof.
// Go's own note, tree, proof and tile code judges; only the paths of C2SP and cosignature/v1, which it does not know, are spelt out here.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

var dir string

func main() {
	dir = os.Args[1]
	defer func() {
		if wrong := recover(); wrong != nil {
			fmt.Println("refused:", wrong)
			os.Exit(1)
		}
	}()
	fmt.Println(check())
}

func check() string {
	tree, text := opened("public/checkpoint")
	witnesses := cosigned(text, read("public/checkpoint"))
	old, _ := opened("old")
	reader := tlog.TileHashReader(tree, tiles{})
	root := must(tlog.TreeHash(tree.N, reader))
	require(root == tree.Hash, "the tiles lead to another root")
	for _, size := range []int64{1, 255, 256, 257, 65535, 65536, 65537, old.N} {
		was := must(tlog.TreeHash(size, reader))
		proof := must(tlog.ProveTree(tree.N, size, reader))
		require(tlog.CheckTree(proof, tree.N, tree.Hash, size, was) == nil, "not a continuation of size %d", size)
	}
	require(must(tlog.TreeHash(old.N, reader)) == old.Hash, "the earlier checkpoint is of another history")
	stated := tlog.TreeProof(hashes(string(read("consistency"))))
	require(tlog.CheckTree(stated, tree.N, tree.Hash, old.N, old.Hash) == nil, "the consistency proof is none")
	bundles := everyBundle(tree, reader)
	proved(tree)
	return fmt.Sprintf("%d events, %d bundles, %d witnesses, from %d on", tree.N, bundles, witnesses, old.N)
}

// A checkpoint that the log has signed, with its text.
func opened(file string) (tlog.Tree, string) {
	verifier := must(note.NewVerifier(strings.TrimSpace(string(read("log.vkey")))))
	signed := must(note.Open(read(file), note.VerifierList(verifier)))
	require(len(signed.Sigs) == 1, "%s has %d signatures of the log", file, len(signed.Sigs))
	lines := strings.Split(signed.Text, "\n")
	require(len(lines) == 4 && lines[3] == "" && lines[0] == verifier.Name(), "%s is no checkpoint", file)
	size := must(strconv.ParseInt(lines[1], 10, 64))
	return tlog.Tree{N: size, Hash: must(tlog.ParseHash(lines[2]))}, signed.Text
}

// Every witness of the list has cosigned: C2SP tlog-cosignature, by crypto/ed25519.
func cosigned(text string, message []byte) int {
	keys := strings.Fields(string(read("witnesses.vkey")))
	for _, key := range keys {
		parts := strings.SplitN(key, "+", 3)
		public := decoded(parts[2])
		require(len(public) == 33 && public[0] == 4, "no key of a witness: %s", parts[0])
		line := ""
		for _, candidate := range strings.Split(string(message), "\n") {
			if strings.HasPrefix(candidate, "\u2014 "+parts[0]+" ") {
				line = candidate
			}
		}
		require(line != "", "%s has not cosigned", parts[0])
		signature := decoded(line[strings.LastIndex(line, " ")+1:])
		require(len(signature) == 4+8+64 && fmt.Sprintf("%x", signature[:4]) == parts[1], "not a cosignature of %s", parts[0])
		stated := binary.BigEndian.Uint64(signature[4:12])
		signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", stated, text)
		require(ed25519.Verify(public[1:], []byte(signed), signature[12:]), "the cosignature of %s is none", parts[0])
	}
	return len(keys)
}

// Every leaf of every bundle against level 0, which the reader holds against the root.
func everyBundle(tree tlog.Tree, reader tlog.HashReader) int {
	count := 0
	for first := int64(0); first < tree.N; first += 256 {
		leaves := bundle(first/256, tree.N)
		indexes := make([]int64, len(leaves))
		for place := range leaves {
			indexes[place] = tlog.StoredHashIndex(0, first+int64(place))
		}
		stored := must(reader.ReadHashes(indexes))
		for place, leaf := range leaves {
			require(len(leaf) == 65 && leaf[0] == 1, "leaf %d is none", first+int64(place))
			require(tlog.RecordHash(leaf) == stored[place], "leaf %d is not in the tree", first+int64(place))
		}
		count++
	}
	return count
}

// The proof file: c2sp.org/tlog-proof@v1.
func proved(tree tlog.Tree) {
	head, signed := cut(string(read("event.tlog-proof")), "\n\n")
	lines := strings.SplitN(head, "\n", 3)
	require(len(lines) == 3 && lines[0] == "c2sp.org/tlog-proof@v1", "not a proof file")
	index := must(strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64))
	require(signed == string(read("public/checkpoint")), "a proof to another checkpoint")
	leaf := tlog.RecordHash(bundle(index/256, tree.N)[index%256])
	path := tlog.RecordProof(hashes(lines[2]))
	require(tlog.CheckRecord(path, tree.N, tree.Hash, index, leaf) == nil, "the proof of event %d is none", index)
}

func bundle(number, size int64) [][]byte {
	data, leaves := read("public/"+c2sp("entries", number, width(size, number*256))), [][]byte{}
	for len(data) > 0 {
		length := int(binary.BigEndian.Uint16(data))
		leaves = append(leaves, data[2:2+length])
		data = data[2+length:]
	}
	require(int64(len(leaves)) == width(size, number*256), "bundle %d has %d leaves", number, len(leaves))
	return leaves
}

func width(size, first int64) int64 {
	if size-first < 256 {
		return size - first
	}
	return 256
}

func c2sp(level string, number, width int64) string {
	path := fmt.Sprintf("%03d", number%1000)
	for number /= 1000; number > 0; number /= 1000 {
		path = fmt.Sprintf("x%03d/%s", number%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + level + "/" + path
}

type tiles struct{}

func (tiles) Height() int { return height }

func (tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for place, tile := range wanted {
		stored := read("public/" + c2sp(strconv.Itoa(tile.L), tile.N, int64(tile.W)))
		require(len(stored) == tile.W*tlog.HashSize, "%s has %d bytes", tile.Path(), len(stored))
		data[place] = stored
	}
	return data, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func hashes(text string) []tlog.Hash {
	found := []tlog.Hash{}
	for _, line := range strings.Fields(text) {
		found = append(found, must(tlog.ParseHash(line)))
	}
	return found
}

func cut(text, at string) (string, string) {
	place := strings.Index(text, at)
	require(place >= 0, "not a proof file")
	return text[:place], text[place+len(at):]
}

func decoded(text string) []byte { return must(base64.StdEncoding.DecodeString(text)) }

func read(file string) []byte {
	data := must(os.ReadFile(filepath.Join(dir, file)))
	return data
}

func require(holds bool, wrong string, values ...interface{}) {
	if !holds {
		panic(fmt.Sprintf(wrong, values...))
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
