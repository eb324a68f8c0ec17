using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Data.Posts;
using Syrinx.Data.Posts.Import;

namespace Syrinx.Cli.Verbs;

/// <summary><c>syrinx import</c>: exports of platforms become posts in the home folder.</summary>
internal static class ImportVerb
{
    private static readonly Argument<string> Format = new("FORMAT")
    {
        Description = string.Join(", ", ImportSettings.Formats),
    };

    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Files, folders, zips and tars of the export; files in them may be .gz, .bz2 or .zst",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> OptOut = new("--opt-out")
    {
        Description = "One author id a line (x:12): all their posts are dropped, now and at every later import",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Map = new("--map")
    {
        Description = "csv: which column holds a field of the post, for example text=內文; may be given several times",
        HelpName = "field=column",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        var command = new Command("import",
            "Reads exports into the home folder. Private files in them are not opened; deleted, protected, suspended and "
            + "opted-out posts do not enter.\n\nExample: syrinx import auto ~/exports\n"
            + "Example: syrinx import csv board.csv --map text=body")
        {
            Format, Paths, OptOut, Map,
        };
        command.Runs((parse, context) =>
        {
            var settings = new ImportSettings
            {
                Format = parse.GetValue(Format)!,
                Paths = parse.GetValue(Paths)!,
                OptOutFile = parse.GetValue(OptOut),
                Map = Pairs(parse.GetValue(Map)!),
                Threads = context.Threads,
            };
            var report = PostImport.Run(context.Home, settings, context.Progress, context.Cancel);
            return new VerbResult(report, Summary(report));
        });
        return command;
    }

    private static Dictionary<string, string> Pairs(IEnumerable<string> map)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in map.SelectMany(m => m.Split(',')))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } field, { Length: > 0 } column])
                throw new InputException($"--map {pair} should be field=column, for example text=body.");
            if (!pairs.TryAdd(field, column))
                throw new InputException($"--map names {field} twice.");
        }
        return pairs;
    }

    private static string Summary(ImportReport r)
    {
        static string N(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
        var lines = new List<string>
        {
            $"{N(r.Read)} records read = {N(r.Imported)} imported + {N(r.Skipped.Values.Sum())} skipped + "
                + $"{N(r.Quarantined)} in quarantine",
        };
        lines.AddRange(r.Skipped.OrderByDescending(s => s.Value).Select(s => $"  {N(s.Value),10}  {s.Key}"));
        if (r.Removed > 0)
            lines.Add($"{N(r.Removed)} posts left the lake, because of what was read or because of the opt-out list");
        lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"{N(r.Posts)} posts of {N(r.Authors)} known authors in all; {r.Bytes / 1e6:0.0} MB read in {r.Seconds:0.0} s"));
        if (r.QuarantineFile is { } file)
            lines.Add($"quarantine: {file}");
        lines.AddRange(r.Notes.Select(n => "note: " + n));
        return string.Join('\n', lines);
    }
}
