namespace Syrinx.Data.Corpus.Card;

/// <summary>The page.</summary>
internal static class CardPage
{
    public static void Write(Stream stream, CorpusCard card) => stream.Write("<!doctype html>"u8);
}
