// A stranger: Go's own tlog and note packages, as Debian ships them, read a log that is laid out as
// files by C2SP tlog-tiles and judge what another program says about it. Nothing of the other
// program is in here.
//
// usage: tlog FOLDER VKEY CASES
//
// FOLDER holds checkpoints/SIZE (signed notes) and tile/… of the largest tree. CASES has one JSON
// object a line; each is answered by one line "accepted" or "refused: why".
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// judged is one statement: that a note is signed, that a record or an older tree is in a tree.
type judged struct {
	Kind  string   `json:"kind"`
	Note  string   `json:"note"`
	Size  int64    `json:"size"`
	Root  string   `json:"root"`
	Index int64    `json:"index"`
	Entry string   `json:"entry"`
	Older int64    `json:"older"`
	Was   string   `json:"was"`
	Proof []string `json:"proof"`
}

func hashOf(text string) (tlog.Hash, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return tlog.Hash{}, err
	}
	if len(raw) != tlog.HashSize {
		return tlog.Hash{}, errors.New("hash of another length")
	}
	var hash tlog.Hash
	copy(hash[:], raw)
	return hash, nil
}

func hashesOf(texts []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, text := range texts {
		hash, err := hashOf(text)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

// openTree checks the signature and reads the tree; the first line, Go's own word for its database,
// is the log's origin here.
func openTree(signed string, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(opened.Text, "\n", 2)
	if lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("another origin")
	}
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
}

// folder reads tiles from files; a partial tile is also the beginning of the wider one.
type folder struct{ root string }

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := f.read(tile)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) read(tile tlog.Tile) ([]byte, error) {
	whole := tile
	whole.W = 1 << uint(tile.H)
	path := filepath.Join(f.root, strings.Replace(whole.Path(), "tile/8/", "tile/", 1))
	names := []string{path}
	partial, _ := filepath.Glob(path + ".p/*")
	for _, name := range append(names, partial...) {
		data, err := os.ReadFile(name)
		if err == nil && len(data) >= tile.W*tlog.HashSize {
			return data[:tile.W*tlog.HashSize], nil
		}
	}
	return nil, fmt.Errorf("no tile %s", tile.Path())
}

func judge(root string, verifier note.Verifier, c judged) error {
	switch c.Kind {
	case "note":
		_, err := openTree(c.Note, verifier)
		return err
	case "record":
		hash, err := hashOf(c.Root)
		if err != nil {
			return err
		}
		proof, err := hashesOf(c.Proof)
		if err != nil {
			return err
		}
		entry, err := base64.StdEncoding.DecodeString(c.Entry)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, c.Size, hash, c.Index, tlog.RecordHash(entry))
	case "tree":
		hash, err := hashOf(c.Root)
		if err != nil {
			return err
		}
		was, err := hashOf(c.Was)
		if err != nil {
			return err
		}
		proof, err := hashesOf(c.Proof)
		if err != nil {
			return err
		}
		return tlog.CheckTree(proof, c.Size, hash, c.Older, was)
	case "tiles":
		// The stranger's own proof, made from the files alone, under the signed checkpoint of that size.
		signed, err := os.ReadFile(filepath.Join(root, "checkpoints", fmt.Sprint(c.Size)))
		if err != nil {
			return err
		}
		tree, err := openTree(string(signed), verifier)
		if err != nil {
			return err
		}
		reader := tlog.TileHashReader(tree, folder{root})
		proof, err := tlog.ProveRecord(tree.N, c.Index, reader)
		if err != nil {
			return err
		}
		entry, err := base64.StdEncoding.DecodeString(c.Entry)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, tree.N, tree.Hash, c.Index, tlog.RecordHash(entry))
	}
	return errors.New("no such kind of statement")
}

func main() {
	verifier, err := note.NewVerifier(os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	cases, err := os.Open(os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(cases)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		var c judged
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		if err := judge(os.Args[1], verifier, c); err != nil {
			fmt.Fprintf(out, "refused: %s\n", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Fprintln(out, "accepted")
		}
	}
}
