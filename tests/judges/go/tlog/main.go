// A stranger: Go's own tlog and note packages, as Debian ships them, read a log that is laid out as
// files by C2SP tlog-tiles and judge what another program says about it. Nothing of the other
// program is in here.
//
// usage: tlog FOLDER VKEY CASES
//
// FOLDER holds checkpoints/SIZE (signed notes), tile/… and tile/entries/… of every size that is
// asked about. CASES has one JSON object a line; each is answered by one line "accepted" or
// "refused: why".
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// statement is what is claimed: that a note is signed, that a record or an older tree is in a tree.
type statement struct {
	Kind  string   `json:"kind"`
	Note  string   `json:"note"`
	Vkey  string   `json:"vkey"`
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

// witness is the key of a cosignature (C2SP tlog-cosignature), which x/mod leaves to its callers.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	header := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(w.key, append([]byte(header), msg...), sig[8:])
}

func witnessOf(vkey string) (witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return witness{}, errors.New("no key")
	}
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return witness{}, err
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return witness{}, err
	}
	if len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return witness{}, errors.New("no key of a witness")
	}
	return witness{parts[0], uint32(hash), key[1:]}, nil
}

// folder reads tiles under the very paths that Go gives them, without the height in them.
type folder struct {
	root  string
	known map[string][]byte
}

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := f.file(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) file(path string) ([]byte, error) {
	if data, ok := f.known[path]; ok {
		return data, nil
	}
	data, err := os.ReadFile(filepath.Join(f.root, path))
	if err == nil {
		f.known[path] = data
	}
	return data, err
}

// leafTile is the tile that a record's own hash lies in.
func leafTile(size, index int64) tlog.Tile {
	tile := tlog.Tile{H: 8, L: 0, N: index / 256, W: 256}
	if left := size - tile.N*256; left < 256 {
		tile.W = int(left)
	}
	return tile
}

// entry reads a record out of its entry bundle: each behind its length in two bytes.
func (f folder) entry(size, index int64) ([]byte, error) {
	tile := leafTile(size, index)
	data, err := f.file(strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
	if err != nil {
		return nil, err
	}
	reader := bytes.NewReader(data)
	var found []byte
	for at := 0; at < tile.W; at++ {
		var length uint16
		if err := binary.Read(reader, binary.BigEndian, &length); err != nil {
			return nil, err
		}
		record := make([]byte, length)
		if _, err := reader.Read(record); err != nil {
			return nil, err
		}
		if int64(at) == index%256 {
			found = record
		}
	}
	if reader.Len() > 0 {
		return nil, errors.New("more in the bundle than its entries")
	}
	return found, nil
}

func (f folder) tree(size int64, verifier note.Verifier) (tlog.Tree, error) {
	signed, err := f.file("checkpoints/" + fmt.Sprint(size))
	if err != nil {
		return tlog.Tree{}, err
	}
	tree, err := openTree(string(signed), verifier)
	if err == nil && tree.N != size {
		err = errors.New("checkpoint of another size")
	}
	return tree, err
}

// proves makes the stranger's own proof out of the files alone, under the signed checkpoint of that
// size, for the record that lies in the entry bundle.
func (f folder) proves(tree tlog.Tree, index int64) error {
	entry, err := f.entry(tree.N, index)
	if err != nil {
		return err
	}
	// A proof is made of all hashes but the record's own, which must lie in the tile too.
	tile := leafTile(tree.N, index)
	tiles, err := f.ReadTiles([]tlog.Tile{tile})
	if err != nil {
		return err
	}
	logged, err := tlog.HashFromTile(tile, tiles[0], tlog.StoredHashIndex(0, index))
	if err != nil {
		return err
	}
	if logged != tlog.RecordHash(entry) {
		return errors.New("the record is another one than the tile's")
	}
	proof, err := tlog.ProveRecord(tree.N, index, tlog.TileHashReader(tree, f))
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, logged)
}

// grew proves the same way that the signed tree of an older size is in that of a newer one.
func (f folder) grew(older, tree tlog.Tree) error {
	proof, err := tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, f))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
}

func judge(f folder, verifier note.Verifier, s statement) error {
	switch s.Kind {
	case "note":
		_, err := openTree(s.Note, verifier)
		return err
	case "cosigned":
		witness, err := witnessOf(s.Vkey)
		if err != nil {
			return err
		}
		_, err = note.Open([]byte(s.Note), note.VerifierList(witness))
		return err
	case "record", "growth":
		hash, err := hashOf(s.Root)
		if err != nil {
			return err
		}
		proof, err := hashesOf(s.Proof)
		if err != nil {
			return err
		}
		if s.Kind == "growth" {
			was, err := hashOf(s.Was)
			if err != nil {
				return err
			}
			return tlog.CheckTree(proof, s.Size, hash, s.Older, was)
		}
		entry, err := base64.StdEncoding.DecodeString(s.Entry)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, s.Size, hash, s.Index, tlog.RecordHash(entry))
	case "fileRecord":
		tree, err := f.tree(s.Size, verifier)
		if err != nil {
			return err
		}
		return f.proves(tree, s.Index)
	case "fileGrowth":
		tree, err := f.tree(s.Size, verifier)
		if err != nil {
			return err
		}
		older, err := f.tree(s.Older, verifier)
		if err != nil {
			return err
		}
		return f.grew(older, tree)
	}
	return errors.New("no such kind of statement")
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

func main() {
	verifier, err := note.NewVerifier(os.Args[2])
	if err != nil {
		fail(err)
	}
	cases, err := os.Open(os.Args[3])
	if err != nil {
		fail(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	f := folder{os.Args[1], map[string][]byte{}}
	lines := bufio.NewScanner(cases)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		var s statement
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			fail(err)
		}
		if err := judge(f, verifier, s); err != nil {
			fmt.Fprintf(out, "refused: %s\n", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Fprintln(out, "accepted")
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
}
