using System.Text.Json.Serialization;

namespace Syrinx.Data.Sample.World;

/// <summary>A line of <c>truth.jsonl</c>: what was planted where.</summary>
/// <param name="Id">The post, platform-qualified; a push is its article's id and <c>#n</c>, counted from 1.</param>
/// <param name="AuthorId">Its author, platform-qualified.</param>
/// <param name="Kind">bot, scam, near_duplicate, exact_duplicate, pii, toxic, adult, deleted, protected, direct, suspended,
/// opted_out, language or no_training.</param>
/// <param name="Probe">A piece of its text that stands in no post of another kind; unique but for copies of one text.</param>
/// <param name="Note">More of it: the kind of personal data, the language, the group of copies.</param>
internal sealed record Truth(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("author_id")] string AuthorId,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("probe")] string Probe,
    [property: JsonPropertyName("note")] string Note);
