using System.Globalization;
using System.Text;

namespace Syrinx.Data.Corpus.Card;

/// <summary>
/// The corpus' datasheet (Gebru et al. 2021, "Datasheets for Datasets", arXiv 1803.09010): the questions of its seven sections,
/// answered with this run's numbers. What only the people who run the platform can know is left open, and says so.
/// </summary>
internal static class Datasheet
{
    private const string Open = "*For the operator to answer.*";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static void Write(Stream stream, CorpusCard card) => stream.Write(Encoding.UTF8.GetBytes(Render(card)));

    public static string Render(CorpusCard card)
    {
        var page = new StringBuilder();
        page.Append(Invariant, $"""
            # Datasheet of corpus {card.Corpus}

            Made by `syrinx curate`; the numbers are this run's, the same as in `card.json`. Lines in italics are left to those who run the
            platform.

            ## Motivation

            - **For what purpose was it created?** To train a language model on the platform's own posts (`documents.jsonl`), to tune it to
              answer (`dialogues.jsonl`), and for learning from preferences later (`preferences.jsonl`).
            - **Who created it, on behalf of whom, who paid?** {Open}

            ## Composition

            - **What do the instances represent?** {N(card.Documents)} documents: whole conversations as readable text, {N(card.Characters)}
              characters, of {N(card.Kept)} posts by {N(card.KeptAuthors)} authors; {N(card.ValidationDocuments)} of them for validation, a thread
              wholly on one side.{Repeats(card)} {N(card.Dialogues)} dialogues and {N(card.Preferences)} preferences of the same posts.
            - **Is it a sample?** Of {N(card.Posts)} posts by {N(card.Authors)} authors in the store, {Share(card.Kept, card.Posts)} are in documents. What was
              left out, by the first reason that applied:

            """);
        Table(page, ["reason", "posts", "share"], card.Dropped.Select(d => (string[])[d.Key, N(d.Value), Share(d.Value, card.Posts)]));
        page.Append(Invariant, $"""
            - **Time.** {(card.First is { } first ? $"Posts of {first:yyyy-MM-dd} to {card.Last:yyyy-MM-dd}, UTC." : "The posts carry no time.")}
            - **Languages of the kept posts.** {Counts(card.KeptByLanguage)}
            - **Where they were written.** {Counts(card.Communities)}
            - **Kinds, in characters.** {Counts(card.CharactersByKind)}
            - **Labels.** `labels.jsonl` has for every post its language, spam and bot scores, campaign, duplicate cluster and the reason it was left
              out for. They are machine judgements with errors, not facts about people.
            - **Is anything missing?** Deleted posts, posts of protected and suspended accounts, direct messages and whatever the export does not
              have. Pictures and videos.
            - **Errors, noise, redundancy.** Copies: {N(card.Dropped.GetValueOrDefault(DropReason.ExactDuplicate))} exact and
              {N(card.Dropped.GetValueOrDefault(DropReason.NearDuplicate))} near duplicates (Jaccard of character 5-grams ≥ {card.Settings.Jaccard}, candidates by
              MinHash 14 × 8, so about one pair in thirteen at 0.8 is missed) are out; one of each cluster is in. Texts that differ in numbers only are
              not taken for copies.
            - **Does it contain confidential or personal data?** Posts that were public. These were masked: {Masked(card)}. Handles are `@user`, links
              `[link]`. Names of people are not recognised, nor is whatever the patterns miss: the text must be treated as personal data.
            - **Does it contain what might offend?** Yes, as people do. The policy is **{card.Settings.Policy.ToString().ToLowerInvariant()}**: {Policy(card.Settings)}
            - **Can people be identified?** Documents name posts by their ids, which lead to their authors while the platform shows them.

            ## Collection

            - **How was the data acquired?** From export files of the platform, read by `syrinx import`; each post keeps the name of its file. {Open}
            - **Were the people notified, did they consent?** {Open} The program drops the posts of authors on the opt-out list
              ({N(card.Dropped.GetValueOrDefault(DropReason.OptedOut))} here; more at the import's door), of accounts that are not active
              ({N(card.Dropped.GetValueOrDefault(DropReason.AuthorState))}), and those that the export allows for search only
              ({N(card.Dropped.GetValueOrDefault(DropReason.TrainingNotAllowed))}).
            - **Can consent be revoked?** `syrinx forget AUTHOR` takes an author out of posts, corpus, tokens, index and stored conversations, and
              names the models that had seen them. A model that was trained does not forget.
            - **Ethical review, impact on the people?** {Open}

            ## Preprocessing, cleaning, labelling

            - **What was done?** Texts cleaned (signatures, quotations of BBS posts, leading handles, invisible characters), personal data masked, every
              post labelled; campaigns ({N(card.Campaigns)} found), automated accounts ({N(card.Bots)}), spam, languages in which few posts are, copies and
              posts beyond an author's share left out; conversations built from replies; too short, repetitive or symbolic conversations left out.
              `docs/curate.md` has the rules; `card.json` the thresholds.
            {Mix(card)}- **Is the raw data kept?** In `posts/` of the same home folder, until it is deleted there.
            - **Is the software available?** Syrinx, MIT licence.

            ## Uses

            - **What has it been used for?** A model trained on it records `{card.Corpus}` in its `syrinx.json`.
            - **What should it not be used for?** To find, profile or judge the people in it. To answer questions of fact unseen: posts are opinions,
              errors and jokes too. Labels must not decide about accounts.
            - **What may go wrong?** Engagement chooses which copy stays, which reply is the assistant's and which is preferred, so what is popular is
              overrepresented. Few voices may dominate small boards.

            ## Distribution

            - **Will it be distributed, under which terms?** {Open} It lies in a home folder; nothing sends it anywhere. Authors keep their rights in
              their posts.

            ## Maintenance

            - **Who maintains it, how are they reached, how are errors reported?** {Open}
            - **Will it be updated?** `syrinx import` and `syrinx curate` make it anew: the same posts and settings give the same bytes.
            - **Are there limits on how long it is kept?** {Open}

            """);
        return page.ToString();
    }

    private static string Policy(CurateSettings settings) => settings.Policy switch
    {
        CuratePolicy.Strict => "nothing that the platform marks as sensitive, no suggestive and no rude words, as far as the labels see them.",
        CuratePolicy.Standard => "no explicit and no strongly abusive text, as far as the labels see it.",
        _ => "no strongly abusive text, as far as the labels see it; adult text stays.",
    };

    private static string Repeats(CorpusCard card) =>
        card.RepeatedDocuments == 0 ? "" : $" {N(card.RepeatedDocuments)} of them are there for a second time or more, as the mix asks.";

    private static string Masked(CorpusCard card) =>
        card.Masked.Count == 0 ? "nothing, for nothing was found" : string.Join(", ", card.Masked.Select(m => $"{m.Key} {N(m.Value)}"));

    private static string Mix(CorpusCard card)
    {
        if (card.Mix.Count == 0)
            return "- **Mix.** None was asked for: every conversation once.\n";
        var page = new StringBuilder("- **Mix.** Shares in weighted letters, planned before conversations without substance were left out:\n\n");
        Table(page, ["source", "share before", "share in the corpus", "times each"], card.Mix.Select(m => (string[])
            [Cell(m.Source), P(m.ShareBefore), P(m.ShareAfter), m.Rate.ToString("0.##", Invariant)]));
        return page.ToString();
    }

    private static void Table(StringBuilder page, string[] head, IEnumerable<string[]> rows)
    {
        page.Append("\n| ").AppendJoin(" | ", head).Append(" |\n|").Append(string.Concat(head.Select(_ => " --- |"))).Append('\n');
        foreach (string[] row in rows)
            page.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        page.Append('\n');
    }

    private static string Counts(IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0 ? "–" : string.Join(", ", counts.Take(12).Select(c => $"{Cell(c.Key)} {N(c.Value)}")) + (counts.Count > 12 ? ", …" : ".");

    // Names of boards are the platform's: no markup may come of them.
    private static string Cell(string text) =>
        string.Concat(text.Select(c => "\\`*_{}[]<>()#|!&".Contains(c, StringComparison.Ordinal) ? "\\" + c : char.IsControl(c) ? " " : c.ToString()));

    private static string N(long n) => n.ToString("N0", Invariant);

    private static string P(double share) => (100 * share).ToString("0.#", Invariant) + " %";

    private static string Share(long part, long whole) => P(whole == 0 ? 0 : (double)part / whole);
}
