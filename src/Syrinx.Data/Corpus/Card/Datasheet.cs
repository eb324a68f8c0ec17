using System.Text;

namespace Syrinx.Data.Corpus.Card;

internal static class Datasheet
{
    public static void Write(Stream stream, CorpusCard card) => stream.Write(Encoding.UTF8.GetBytes($"{card.Posts}"));
}
