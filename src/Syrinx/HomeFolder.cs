namespace Syrinx;

/// <summary>
/// The home folder: where each step leaves what the next one reads. Nothing else in the program builds these paths.
/// Immutable and safe to share between threads.
/// </summary>
/// <param name="Path">The folder itself; <c>--home</c>, <c>SYRINX_HOME</c>, or <c>./home</c>.</param>
public sealed record HomeFolder(string Path)
{
    /// <summary><c>posts/*.parquet</c>, <c>posts/authors.parquet</c>, <c>posts/quarantine/*.jsonl</c>.</summary>
    public string Posts => In("posts");

    /// <summary>Keyed hashes of the authors who opted out; never their names.</summary>
    public string OptOut => In("opt-out");

    /// <summary>Documents, dialogues, preferences, labels, <c>card.json</c>, <c>card.html</c>, <c>datasheet.md</c>.</summary>
    public string Corpus => In("corpus");

    /// <summary>Trained labels of one's own: <c>NAME.label</c>.</summary>
    public string Labels => In("labels");

    /// <summary><c>tokenizer.json</c> and the token shards of the corpus.</summary>
    public string Tokens => In("tokens");

    /// <summary>One folder a model, in Hugging Face layout.</summary>
    public string Models => In("models");

    /// <summary>One folder a training run: <c>metrics.jsonl</c>, <c>checkpoints/</c>.</summary>
    public string Runs => In("runs");

    /// <summary>The Lucene index over public posts.</summary>
    public string Index => In("index");

    /// <summary>Conversations and settings of the web app (SQLite).</summary>
    public string AppDb => In("app.db");

    /// <summary>Keyed hashes of the authors whose words each corpus had, and reports of who was forgotten; never a name.</summary>
    public string Lineage => In("lineage");

    /// <summary>Keys that sign the web app's cookies and forms.</summary>
    public string Keys => In("keys");

    /// <summary>The folder of the model called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">The name is not a plain file name.</exception>
    public string Model(string name) => System.IO.Path.Combine(Models, Checked(name, "model"));

    /// <summary>The folder of the training run called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">The name is not a plain file name.</exception>
    public string Run(string name) => System.IO.Path.Combine(Runs, Checked(name, "run"));

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static string Checked(string name, string what) =>
        name.Length is > 0 and <= 100 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw new InputException($"'{name}' cannot be a {what}'s name: use letters, digits, '-', '_' and '.', at most 100.");
}
