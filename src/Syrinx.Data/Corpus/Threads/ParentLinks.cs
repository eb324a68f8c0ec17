namespace Syrinx.Data.Corpus.Threads;

/// <summary>
/// Finds the post that each post answers. While posts come in, hashes of ids are noted, 16 bytes a post; then each parent's hash is
/// looked up in a table of 4 to 8 bytes a post, and all of it is let go. Used once, by one thread.
/// </summary>
internal sealed class ParentLinks
{
    private readonly Column<ulong> _ids = new();
    private readonly Column<ulong> _parents = new();

    /// <summary>The hash of an id, never 0.</summary>
    public static ulong Hash(string id) => Math.Max(1, PostFacts.StableHash(id));

    /// <summary>Notes the next post.</summary>
    /// <param name="id">Hash of its id.</param>
    /// <param name="parent">Hash of the id of what it answers or quotes, or 0.</param>
    public void Add(ulong id, ulong parent)
    {
        _ids.Add(id);
        _parents.Add(parent);
    }

    /// <summary>Sets <see cref="PostFacts.Parent"/> of every post.</summary>
    public void Resolve(PostTable posts)
    {
        int bits = 4;
        while (1L << bits < posts.Count * 3L / 2)
            bits++;
        var slots = new int[1 << bits]; // index and one, by open addressing; 0 is free
        ulong mask = (ulong)slots.Length - 1;
        for (int i = 0; i < posts.Count; i++)
        {
            ulong at = _ids[i] & mask;
            while (slots[at] != 0 && _ids[slots[at] - 1] != _ids[i]) // the first of an id stays
                at = (at + 1) & mask;
            if (slots[at] == 0)
                slots[at] = i + 1;
        }
        for (int i = 0; i < posts.Count; i++)
        {
            ulong parent = _parents[i];
            if (parent == 0)
                continue;
            ulong at = parent & mask;
            while (slots[at] != 0 && _ids[slots[at] - 1] != parent)
                at = (at + 1) & mask;
            posts[i].Parent = slots[at] == 0 ? PostFacts.Absent : slots[at] - 1;
        }
    }
}
