namespace Syrinx.Data.Sample;

/// <summary>What a sample platform came to.</summary>
/// <param name="Posts">Public posts: tweets, articles and pushes; as many as were asked for.</param>
/// <param name="Files">Files written.</param>
/// <param name="Authors">Accounts and board users.</param>
/// <param name="Bytes">Size of the files.</param>
/// <param name="Seconds">Time that it took.</param>
/// <param name="Tweets">Public tweets among the posts, reposts too.</param>
/// <param name="Articles">Articles among the posts.</param>
/// <param name="Pushes">Pushes among the posts.</param>
/// <param name="Core">Posts written by hand among the posts.</param>
/// <param name="Hidden">Tweets in the files that are not public: deleted, or of protected and suspended accounts.</param>
/// <param name="Planted">Lines of <c>truth.jsonl</c> of each kind.</param>
public sealed record SampleReport(
    int Posts, int Files, int Authors, long Bytes, double Seconds, int Tweets, int Articles, int Pushes, int Core, int Hidden,
    IReadOnlyDictionary<string, int> Planted);
