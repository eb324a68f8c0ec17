using Syrinx.Data.Corpus;
using Syrinx.Models;

namespace Syrinx.Cli.Forgetting;

/// <summary>Tells from the models' records which of them had seen an author's words.</summary>
internal static class ModelsThatSaw
{
    /// <summary>Asks every model, and every run that has no model yet.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="authorId">Platform-qualified id.</param>
    public static (List<string> Saw, List<string> Unknown) Of(HomeFolder home, string authorId)
    {
        var seen = SeenAuthors.Open(home);
        List<string> saw = [], unknown = [];
        var models = ModelDirectory.List(home);
        foreach (string name in models)
        {
            string path = new ModelDirectory(home.Model(name)).RecordPath;
            if (!File.Exists(path))
                continue; // of elsewhere: no corpus of ours
            var record = ModelRecord.Read(path);
            if (record.Data is not null || record.CorpusFingerprint is not null)
                Judge(name, record.Data);
        }
        foreach (string run in RunFiles.Runs(home))
        {
            string name = Path.GetFileName(run);
            if (!models.Contains(name) && DataLineage.TryRead(Path.Combine(run, "data.json")) is { } lineage)
                Judge(name + RunFiles.Unfinished, lineage);
        }
        return (saw, unknown);

        void Judge(string name, DataLineage? lineage)
        {
            if (SawIn(seen, lineage, authorId) is not { } did)
                unknown.Add(name);
            else if (did)
                saw.Add(name);
        }
    }

    /// <summary>Whether what was trained on a lineage saw the author; null where that is not known.</summary>
    public static bool? SawIn(SeenAuthors seen, DataLineage? lineage, string authorId)
    {
        if (lineage is null)
            return null;
        List<bool?> each = [.. lineage.Corpora.Select(c => seen.Saw(c, authorId))];
        return each.Contains(true) ? true : each.Contains(null) ? null : false;
    }
}
