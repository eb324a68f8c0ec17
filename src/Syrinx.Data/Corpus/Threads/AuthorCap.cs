namespace Syrinx.Data.Corpus.Threads;

/// <summary>
/// No one voice may fill the corpus: an author's least noted posts beyond their share are dropped. The share is a part of all
/// kept posts, but never less than a few times the even share: where there are few authors, each may have much.
/// </summary>
internal static class AuthorCap
{
    /// <summary>Marks the posts beyond the cap.</summary>
    /// <param name="posts">All posts.</param>
    /// <param name="byAuthor">Their indices by author.</param>
    /// <param name="settings">The cap.</param>
    public static void Apply(PostTable posts, PostTable.Groups byAuthor, CurateSettings settings)
    {
        long kept = 0;
        int authors = 0;
        for (int i = 0; i < posts.Count; i++)
            kept += posts[i].IsKept ? 1 : 0;
        for (int a = 0; a < byAuthor.Count; a++)
            authors += Kept(a).Count > 0 ? 1 : 0;
        if (authors == 0)
            return;
        double share = Math.Max(settings.AuthorShare, settings.AuthorEvenShares / authors);
        long cap = Math.Max(settings.AuthorPosts, (long)Math.Ceiling(share * kept));
        for (int a = 0; a < byAuthor.Count; a++)
        {
            var own = Kept(a);
            if (own.Count <= cap)
                continue;
            own.Sort((x, y) => (-posts[x].Engagement, posts[x].Time, x).CompareTo((-posts[y].Engagement, posts[y].Time, y)));
            foreach (int post in own.Skip((int)cap))
                posts[post].Dropped = DropReason.AuthorCap;
        }

        List<int> Kept(int author)
        {
            List<int> own = [];
            foreach (int post in byAuthor[author])
            {
                if (posts[post].IsKept)
                    own.Add(post);
            }
            return own;
        }
    }
}
