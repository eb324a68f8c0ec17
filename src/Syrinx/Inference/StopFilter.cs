using System.Text;

namespace Syrinx.Inference;

/// <summary>Looks for stop texts in a stream of text, and holds back an end that may become one.</summary>
internal sealed class StopFilter(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop text has come; nothing comes out after it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The text that is certain to be no part of a stop text.</summary>
    public string Append(string text)
    {
        if (stops.Count == 0 || Stopped)
            return Stopped ? "" : text;
        string all = _held.Append(text).ToString();
        int at = -1;
        foreach (string stop in stops)
        {
            int found = all.IndexOf(stop, StringComparison.Ordinal);
            if (found >= 0 && (at < 0 || found < at))
                at = found;
        }
        Stopped = at >= 0;
        int sure = Stopped ? at : all.Length - Beginning(all);
        _held.Clear().Append(all, sure, all.Length - sure);
        return all[..sure];
    }

    /// <summary>What was held back, when the text ends otherwise.</summary>
    public string Flush()
    {
        string rest = Stopped ? "" : _held.ToString();
        _held.Clear();
        return rest;
    }

    /// <summary>Length of the longest end of <paramref name="text"/> with which a stop text begins.</summary>
    private int Beginning(string text)
    {
        int longest = 0;
        foreach (string stop in stops)
        {
            for (int n = Math.Min(stop.Length - 1, text.Length); n > longest; n--)
            {
                if (text.AsSpan(text.Length - n).SequenceEqual(stop.AsSpan(0, n)))
                    longest = n;
            }
        }
        return longest;
    }
}
