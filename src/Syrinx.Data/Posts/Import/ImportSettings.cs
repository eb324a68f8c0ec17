namespace Syrinx.Data.Posts.Import;

/// <summary>What to import and how. Immutable.</summary>
public sealed record ImportSettings
{
    /// <summary>The formats that can be read, and <c>auto</c>.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["auto", .. SourceFormats.All.Select(f => f.Name)];

    /// <summary>One of <see cref="Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Files, folders and zips, read in this order.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>A file with one author id a line, whose posts are dropped now and ever after; or null.</summary>
    public string? OptOutFile { get; init; }

    /// <summary>For csv: which column (or number of a column, from 1) holds which field of a post.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>Threads that parse. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of posts that are sorted in memory; more are spilled to temporary files.</summary>
    internal long SortBytes { get; init; } = 128L << 20;

    /// <summary>Posts in a file of the lake at most.</summary>
    internal int RowsPerFile { get; init; } = LakeWriter.RowsPerFile;

    /// <exception cref="InputException">The format is unknown, or there are no paths.</exception>
    internal void Validate()
    {
        if (!Formats.Contains(Format))
            throw new InputException($"'{Format}' is no format that can be imported. Choose one of: {string.Join(", ", Formats)}.");
        if (Paths.Count == 0)
            throw new InputException("Name at least one file, folder or zip to import.");
        if (Map.Count > 0 && Format is not ("csv" or "auto"))
            throw new InputException($"--map is for csv; the fields of {Format} are fixed.");
    }
}
