namespace Syrinx.Cli.Forgetting;

/// <summary>
/// Files in run folders that hold words of the corpus: tokens of it, and sample texts that a model wrote, which begin with words of
/// the corpus and may repeat it. Of runs that saw a forgotten author, or of which that is not known, they are deleted: which samples
/// repeat whom cannot be told, and they are only to look at. A run on a text file of its own keeps its tokens.
/// </summary>
internal static class RunFiles
{
    /// <summary>Deletes them, and says how many there were.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="report">Which models saw the author, or may have.</param>
    public static int Delete(HomeFolder home, ForgetReport report)
    {
        List<string> files = [.. Find(home, report)];
        files.ForEach(File.Delete);
        return files.Count;
    }

    /// <summary>Those that are there.</summary>
    /// <inheritdoc cref="Delete"/>
    public static IEnumerable<string> Find(HomeFolder home, ForgetReport report)
    {
        foreach (string run in Runs(home))
        {
            string name = Path.GetFileName(run);
            bool concerned = !File.Exists(Path.Combine(run, "data.json"))
                || report.ModelsThatSaw.Concat(report.ModelsUnknown).Any(m => m == name || m == name + Unfinished);
            bool ownText = File.Exists(Path.Combine(run, "tokens", "input.sha256"));
            string[] names = !concerned || ownText ? [] : ["samples.jsonl", "tokens/train.bin", "tokens/train-canaries.bin", "tokens/val.bin", "tokens/tokens.json"];
            foreach (string path in names.Select(n => Path.Combine(run, n)).Where(File.Exists))
                yield return path;
        }
    }

    /// <summary>What is put behind the name of a run that has no model yet.</summary>
    public const string Unfinished = " (unfinished run)";

    /// <summary>The folders of all runs.</summary>
    public static IReadOnlyList<string> Runs(HomeFolder home) =>
        Directory.Exists(home.Runs) ? [.. Directory.GetDirectories(home.Runs).Order(StringComparer.Ordinal)] : [];
}
