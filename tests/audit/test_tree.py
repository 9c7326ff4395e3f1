"""The tree is that of RFC 9162: known vectors, a peer library, and every forged proof refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from participation.audit import proofs, tree
from participation.events import leaf_hash

# The eight entries and roots that Certificate Transparency's own test suites share.
CT_ENTRIES = [
    bytes.fromhex(text)
    for text in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
CT_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


class Grown:
    """A tree kept in a dictionary, with the same arithmetic as the one in the database."""

    def __init__(self, entries):
        self.edge, self.nodes = tree.Edge(), {}
        for entry in entries:
            self.nodes.update(self.edge.append(leaf_hash(entry)))

    def joined(self, spans):
        return [tree.join([self.nodes[node] for node in tree.complete_subtrees(span)]) for span in spans]

    def root(self, size):
        return self.joined([(0, size)])[0]


def numbered(count):
    return [str(number).encode() for number in range(count)]


FOREST = Grown(numbered(300))
PEER = InmemoryTree(algorithm="sha256")
for _entry in numbered(300):
    PEER.append_entry(_entry)
sizes = st.integers(1, 300)


def test_the_vectors_of_certificate_transparency_give_their_roots():
    grown = Grown(CT_ENTRIES)
    assert {size: grown.root(size).hex() for size in CT_ROOTS} == CT_ROOTS
    assert grown.edge.root().hex() == CT_ROOTS[8]


def test_every_root_is_the_one_that_a_peer_library_computes():
    assert [FOREST.root(size) for size in range(1, 301)] == [PEER.get_root(size) for size in range(1, 301)]


@given(sizes.flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))))
def test_an_inclusion_proof_has_the_peers_hashes_and_verifies(place):
    index, size = place
    path = FOREST.joined(tree.inclusion_spans(index, size))
    own = FOREST.nodes[2 * index]
    peers = [bytes.fromhex(text) for text in PEER.prove_inclusion(index + 1, size).serialize()["path"]]
    assert sorted([own, *path]) == sorted(peers)
    assert proofs.verify_inclusion(own, index, size, path, PEER.get_root(size))


@given(sizes.flatmap(lambda new: st.tuples(st.integers(0, new), st.just(new))))
def test_a_consistency_proof_joins_two_roots_of_the_peer(pair):
    old, new = pair
    path = FOREST.joined(tree.consistency_spans(old, new))
    assert proofs.verify_consistency(old, new, PEER.get_root(old), PEER.get_root(new), path)


@given(sizes.flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))), st.data())
def test_a_forged_inclusion_proof_is_refused(place, data):
    index, size = place
    path = FOREST.joined(tree.inclusion_spans(index, size))
    own, root = FOREST.nodes[2 * index], FOREST.root(size)
    flipped = bytes([own[0] ^ 1]) + own[1:]
    elsewhere = data.draw(st.integers(-1, size).filter(lambda other: other != index))
    assert not proofs.verify_inclusion(flipped, index, size, path, root)
    assert not proofs.verify_inclusion(own, elsewhere, size, path, root)
    assert not proofs.verify_inclusion(own, index, size, [*path, own], root)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert not proofs.verify_inclusion(own, index, size, path[:at] + path[at + 1 :], root)
        assert not proofs.verify_inclusion(own, index, size, [*path[:at], flipped, *path[at + 1 :]], root)


@given(st.integers(2, 300).flatmap(lambda new: st.tuples(st.integers(1, new - 1), st.just(new))), st.data())
def test_a_forged_consistency_proof_is_refused(pair, data):
    old, new = pair
    path = FOREST.joined(tree.consistency_spans(old, new))
    old_root, new_root = FOREST.root(old), FOREST.root(new)
    forged = bytes([old_root[0] ^ 1]) + old_root[1:]
    at = data.draw(st.integers(0, len(path) - 1))
    assert not proofs.verify_consistency(old, new, forged, new_root, path)
    assert not proofs.verify_consistency(old, new, old_root, forged, path)
    assert not proofs.verify_consistency(old, new, old_root, new_root, [])
    assert not proofs.verify_consistency(old, new, old_root, new_root, [*path, forged])
    assert not proofs.verify_consistency(old, new, old_root, new_root, [*path[:at], forged, *path[at + 1 :]])


def test_a_shrunken_tree_has_no_consistency_proof():
    assert not proofs.verify_consistency(5, 4, FOREST.root(5), FOREST.root(4), [])
    with pytest.raises(ValueError, match="cannot continue"):
        tree.consistency_spans(5, 4)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_outside_of_the_tree_has_no_proof(index, size):
    with pytest.raises(ValueError, match="has no entry"):
        tree.inclusion_spans(index, size)
    assert not proofs.verify_inclusion(FOREST.nodes[0], index, size, [], FOREST.root(3))


def test_the_steps_of_a_proof_end_at_the_root_and_name_their_side():
    path = FOREST.joined(tree.inclusion_spans(6, 7))
    steps = proofs.climb(FOREST.nodes[12], 6, 7, path)
    assert [step.side for step in steps] == ["left", "left"]
    assert steps[-1].result == FOREST.root(7)


@given(st.integers(0, 300))
def test_an_edge_that_was_stored_grows_on_as_if_it_never_was(size):
    edge = tree.Edge(size, [FOREST.nodes[node] for node in tree.complete_subtrees((0, size))])
    for entry in numbered(300)[size:]:
        edge.append(leaf_hash(entry))
    assert edge.root() == FOREST.root(300)


def test_an_edge_with_a_missing_subtree_is_refused():
    with pytest.raises(ValueError, match="has 2 subtrees"):
        tree.Edge(3, [b"x"])
