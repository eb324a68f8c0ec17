using System.Diagnostics;
using System.Globalization;

namespace Syrinx.Cli.Terminal;

/// <summary>
/// Shows a stage's progress on standard error with rate and time left: one live line on a terminal, a plain line every
/// five seconds elsewhere. Thread-safe. Writes nothing for stages that end within the first second.
/// </summary>
internal sealed class ProgressLine(TextWriter output, bool live) : IProgress<StageProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _stage = new();
    private StageProgress _last;
    private StageProgress _shown;
    private TimeSpan _shownAt;
    private double _startedFrom;
    private bool _lineOpen;

    public void Report(StageProgress progress)
    {
        lock (_lock)
        {
            if (progress.Stage != _last.Stage || progress.Unit != _last.Unit)
            {
                EndStage();
                _stage.Restart();
                _shownAt = TimeSpan.Zero;
                _startedFrom = progress.Done;
            }
            _last = progress;
            var now = _stage.Elapsed;
            if (now - _shownAt < TimeSpan.FromSeconds(live ? (_lineOpen ? 0.2 : 1) : 5))
                return;
            _shownAt = now;
            Show(now);
        }
    }

    /// <summary>A line that stays, above the live one.</summary>
    public void Note(string text)
    {
        lock (_lock)
        {
            CloseLine();
            output.WriteLine(text);
        }
    }

    /// <summary>The stage is over: its last line is shown, and what comes next is a stage of its own.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            EndStage();
            _last = default;
        }
    }

    public void Dispose() => Complete();

    private void EndStage()
    {
        if (_shownAt > TimeSpan.Zero && _last != _shown)
            Show(_stage.Elapsed);
        _shownAt = TimeSpan.Zero; // shown once, however often it is disposed
        CloseLine();
    }

    private void CloseLine()
    {
        if (_lineOpen)
            output.WriteLine();
        _lineOpen = false;
    }

    private void Show(TimeSpan elapsed)
    {
        _shown = _last;
        string text = Describe(_last, elapsed, _startedFrom);
        if (!live)
        {
            output.WriteLine(text);
            return;
        }
        int width = Math.Max(20, SafeWidth() - 1);
        output.Write("\r\x1b[K" + (text.Length > width ? text[..width] : text));
        _lineOpen = true;
    }

    /// <summary>The line's text: stage, how far, rate, time left, detail.</summary>
    internal static string Describe(StageProgress p, TimeSpan elapsed, double startedFrom)
    {
        double rate = elapsed.TotalSeconds > 0 ? (p.Done - startedFrom) / elapsed.TotalSeconds : 0;
        string text = $"{p.Stage,-10} ";
        if (p.Total is { } total and > 0)
        {
            double share = Math.Clamp(p.Done / total, 0, 1);
            int filled = (int)(share * 20);
            text += $"[{new string('█', filled)}{new string('░', 20 - filled)}] {share * 100,3:0}%  ";
            text += $"{Number(p.Done)}/{Number(total)} {p.Unit}";
        }
        else
        {
            text += $"{Number(p.Done)} {p.Unit}";
        }
        text += $"  {Number(rate)}/s";
        if (p.Total is { } all && rate > 0 && all > p.Done)
            text += $"  {Duration(TimeSpan.FromSeconds((all - p.Done) / rate))} left";
        else
            text += $"  {Duration(elapsed)}";
        return p.Detail.Length > 0 ? $"{text}  {p.Detail}" : text;
    }

    /// <summary>A number as a person reads it: 950, 12.3k, 4.5M.</summary>
    internal static string Number(double n) => n switch
    {
        >= 1e9 => (n / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + "G",
        >= 1e6 => (n / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (n / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + "k",
        >= 100 or 0 => n.ToString("0", CultureInfo.InvariantCulture),
        _ => n.ToString("0.#", CultureInfo.InvariantCulture),
    };

    private static string Duration(TimeSpan t) => t.TotalHours >= 1 ? $"{(int)t.TotalHours}h{t.Minutes:00}m"
        : t.TotalMinutes >= 1 ? $"{t.Minutes}m{t.Seconds:00}s" : $"{t.TotalSeconds:0}s";

    private static int SafeWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 120;
        }
        catch (IOException)
        {
            return 120;
        }
    }
}
