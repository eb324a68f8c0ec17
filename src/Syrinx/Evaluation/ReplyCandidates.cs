namespace Syrinx.Evaluation;

/// <summary>A dialogue, and the replies that are to be told apart: the true one first.</summary>
internal sealed record RankingTask(HeldOutDialogue Dialogue, IReadOnlyList<string> Candidates);

/// <summary>
/// For each dialogue the replies to other dialogues that are most like its own in length, of the same language: neither language nor length give the
/// true one away. None is from the same conversation or says the same.
/// </summary>
internal static class ReplyCandidates
{
    /// <summary>Fewest candidates that are worth ranking among.</summary>
    public const int Fewest = 10;

    /// <summary>Finds candidates for dialogues.</summary>
    /// <param name="pool">Dialogues whose replies are candidates.</param>
    /// <param name="wanted">Dialogues to rank for, at most.</param>
    /// <param name="count">Candidates of each, the true reply included; where a language has fewer replies, all of them.</param>
    /// <param name="seed">Draws the dialogues and decides between replies of equal length.</param>
    /// <returns>Dialogues whose language has at least <see cref="Fewest"/> replies, and how many were left out because it has not.</returns>
    public static (List<RankingTask> Tasks, int LeftOut) Find(IReadOnlyList<HeldOutDialogue> pool, int wanted, int count, ulong seed)
    {
        var languages = pool.GroupBy(d => d.Language).Select(g => Sorted(g, seed)).ToList();
        var tasks = new List<RankingTask>();
        int leftOut = 0;
        foreach (var entries in languages)
        {
            for (int i = 0; i < entries.Count; i++)
            {
                var candidates = Nearest(entries, i, count - 1);
                if (candidates.Count >= Fewest - 1)
                    tasks.Add(new(entries[i].Dialogue, [entries[i].Dialogue.Reply, .. candidates]));
                else
                    leftOut++;
            }
        }
        return (HeldOut.Draw(tasks, t => t.Dialogue.Id, wanted, seed), leftOut);
    }

    private static List<Entry> Sorted(IEnumerable<HeldOutDialogue> dialogues, ulong seed) =>
    [
        .. dialogues.Select(d => new Entry(d, Words.Plain(d.Reply), Math.Log(1 + d.Reply.Length), [.. d.Posts])).Where(e => e.Plain.Length > 0)
            .OrderBy(e => e.Length).ThenBy(e => HeldOut.Hash(e.Dialogue.Id, seed)),
    ];

    /// <summary>Walks from an entry to both sides, always to the one nearer in length.</summary>
    private static List<string> Nearest(List<Entry> entries, int at, int count)
    {
        var own = entries[at];
        var taken = new HashSet<string>(StringComparer.Ordinal) { own.Plain };
        var found = new List<string>(count);
        int before = at - 1, after = at + 1;
        while (found.Count < count && (before >= 0 || after < entries.Count))
        {
            bool down = after >= entries.Count || (before >= 0 && own.Length - entries[before].Length <= entries[after].Length - own.Length);
            var next = entries[down ? before-- : after++];
            if (!next.Posts.Overlaps(own.Posts) && taken.Add(next.Plain))
                found.Add(next.Dialogue.Reply);
        }
        return found;
    }

    private sealed record Entry(HeldOutDialogue Dialogue, string Plain, double Length, HashSet<string> Posts);
}
