using System.Buffers;
using Syrinx.Data.Corpus.Classifiers;
using Syrinx.Data.Corpus.Duplicates;
using Syrinx.Data.Corpus.Threads;
using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus;

/// <summary>A few posts read in one thread, with everything that can be made of them there.</summary>
internal sealed class ReadingBatch
{
    public required PostReading[] Readings { get; init; }

    /// <summary>Hashes of the posts' ids.</summary>
    public required ulong[] Ids { get; init; }

    /// <summary>Hashes of the ids of what they answer or quote; 0 where they do neither.</summary>
    public required ulong[] Parents { get; init; }

    /// <summary>Their records, one behind another.</summary>
    public required ArrayBufferWriter<byte> Records { get; init; }

    public required int[] RecordLengths { get; init; }

    /// <summary>Their signatures, one behind another.</summary>
    public required ulong[] Signatures { get; init; }

    public static ReadingBatch Of(Post[] posts, Consent consent, LabelModels models)
    {
        var batch = new ReadingBatch
        {
            Readings = new PostReading[posts.Length],
            Ids = new ulong[posts.Length],
            Parents = new ulong[posts.Length],
            Records = new(posts.Sum(p => p.Text.Length + 64)),
            RecordLengths = new int[posts.Length],
            Signatures = new ulong[posts.Length * TextSignature.Length],
        };
        for (int i = 0; i < posts.Length; i++)
        {
            var post = posts[i];
            var reading = PostReading.Of(
                post, consent.ReasonAgainst(post), batch.Signatures.AsSpan(i * TextSignature.Length, TextSignature.Length), models);
            batch.Readings[i] = reading;
            batch.Ids[i] = ParentLinks.Hash(post.Id);
            batch.Parents[i] = (post.ReplyTo ?? post.QuoteOf) is { } parent ? ParentLinks.Hash(parent) : 0;
            batch.RecordLengths[i] = new PostRecord(post.Id, reading.Title, reading.Text).Encode(batch.Records);
        }
        return batch;
    }
}
