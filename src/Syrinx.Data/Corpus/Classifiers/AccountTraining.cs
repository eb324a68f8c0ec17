using Syrinx.Data.Posts;

namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>Trains the classifier of <see cref="AccountFeatures"/> on labelled accounts.</summary>
internal static class AccountTraining
{
    // So many times an account is shown again with some of what is known left out, each thing with this chance: other exports
    // know less, and what they do not know must not speak for or against anyone.
    private const int Copies = 2;
    private const double Omission = 0.35;

    /// <summary>Grows the trees; the same accounts give the same trees.</summary>
    public static BoostedTrees Fit(IReadOnlyList<(Author Author, DateTime? Now, bool Positive)> accounts)
    {
        List<float[]> rows = [];
        List<bool> labels = [];
        List<float> importance = [];
        var random = new Random(1);
        foreach (var (author, now, positive) in accounts)
        {
            Add(AccountFeatures.Of(author, now), 1);
            for (int copy = 0; copy < Copies; copy++)
                Add(AccountFeatures.Of(Omit(author, random), random.NextDouble() < Omission ? null : now), 0.5f);

            void Add(float[] row, float weight)
            {
                rows.Add(row);
                labels.Add(positive);
                importance.Add(weight);
            }
        }
        return new TreeBoosting().Fit(rows, labels, importance);
    }

    private static Author Omit(Author author, Random random)
    {
        bool Keep() => random.NextDouble() >= Omission;
        return author with
        {
            Name = Keep() ? author.Name : null,
            Description = Keep() ? author.Description : null,
            CreatedAt = Keep() ? author.CreatedAt : null,
            Followers = Keep() ? author.Followers : null,
            Following = Keep() ? author.Following : null,
            Posts = Keep() ? author.Posts : null,
            Likes = Keep() ? author.Likes : null,
            Listed = Keep() ? author.Listed : null,
            DefaultProfile = Keep() ? author.DefaultProfile : null,
            Url = Keep() ? author.Url : null,
            Location = Keep() ? author.Location : null,
        };
    }
}
