using System.Globalization;

namespace Syrinx.Data.Sample.Town;

/// <summary>A post of a hand-written thread.</summary>
/// <param name="Handle">Who wrote it.</param>
/// <param name="Text">What they wrote.</param>
/// <param name="Parent">Index in the thread of the post that it answers or quotes; −1 for the first.</param>
/// <param name="Quotes">Whether it quotes its parent instead of answering it.</param>
/// <param name="After">How long after the first post, where that matters.</param>
internal sealed record CorePost(string Handle, string Text, int Parent, bool Quotes, TimeSpan? After = null);

/// <summary>
/// A hand-written thread of <c>core/TOPIC.LANG.txt</c>. Threads are separated by empty lines:
/// <code>
/// 2026-01-14 12:20 handle photo         Taipei time; photo, funny, useful, sensitive as they apply
/// What the first post says, over as many lines as it likes.
/// + the author goes on (a self-thread)
/// - handle: an answer to the first post
/// -- handle +40m: an answer to the answer above, 40 minutes after the first post (m, h, d); --- is one deeper
/// " handle: a quote of the first post
/// </code>
/// </summary>
internal sealed record CoreThread(
    string Topic, string Language, DateTime TaipeiTime, IReadOnlySet<string> Flags, IReadOnlyList<CorePost> Posts)
{
    public static IReadOnlyList<CoreThread> All { get; } = [.. TownFiles.In("core").SelectMany(Parse)];

    private static IEnumerable<CoreThread> Parse(string file)
    {
        string[] name = Path.GetFileName(file).Split('.');
        string[] lines = TownFiles.Lines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            int start = i;
            while (i < lines.Length && lines[i].Length > 0)
                i++;
            CoreThread thread;
            try
            {
                thread = Thread(name[0], name[1], lines[start..i]);
            }
            catch (FormatException e)
            {
                throw new InvalidOperationException($"{file}, line {start + 1}: {e.Message}", e);
            }
            yield return thread;
        }
    }

    private static CoreThread Thread(string topic, string language, string[] lines)
    {
        string[] head = lines[0].Split(' ');
        var time = DateTime.ParseExact($"{head[0]} {head[1]}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var posts = new List<CorePost> { new(head[2], "", -1, false) };
        var last = new int[8]; // the latest post at each depth
        int current = 0;
        foreach (string line in lines.Skip(1))
        {
            if (line.StartsWith("+ ", StringComparison.Ordinal))
            {
                posts.Add(new(head[2], line[2..], current, false));
                current = posts.Count - 1;
            }
            else if (Depth(line) is var depth and > 0)
            {
                int colon = line.IndexOf(": ", StringComparison.Ordinal);
                string[] who = colon < 0 ? throw new FormatException($"no ': ' in '{line}'") : line[..colon].Split(' ');
                posts.Add(new(who[1], line[(colon + 2)..], last[depth - 1],
                    line[0] == '"', who.Length > 2 ? After(who[2]) : null));
                last[depth] = posts.Count - 1;
            }
            else
            {
                posts[^1] = posts[^1] with { Text = posts[^1].Text.Length == 0 ? line : posts[^1].Text + "\n" + line };
            }
        }
        return new(topic, language, time, head.Skip(3).ToHashSet(), posts);
    }

    private static TimeSpan After(string text)
    {
        double count = double.Parse(text[1..^1], CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => throw new FormatException($"'{text}' is no time such as +40m"),
        };
    }

    private static int Depth(string line)
    {
        if (line.StartsWith("\" ", StringComparison.Ordinal))
            return 1;
        int dashes = line.TakeWhile(c => c == '-').Count();
        return dashes is > 0 and < 8 && line.Length > dashes && line[dashes] == ' ' ? dashes : 0;
    }
}
