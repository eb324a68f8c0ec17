using System.Text.Json.Serialization;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Evaluation;

/// <summary>How a dialogue is put to a model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplyFormat>))]
public enum ReplyFormat
{
    /// <summary>As messages of a chat, which tuning taught.</summary>
    [JsonStringEnumMemberName("chat")]
    Chat,

    /// <summary>As a conversation of the corpus' documents, which pretraining taught.</summary>
    [JsonStringEnumMemberName("document")]
    Document,
}

/// <summary>Turns dialogues into tokens in one of the two formats.</summary>
internal sealed class ReplyFrame(LanguageModel model, ReplyFormat format)
{
    private readonly BpeTokenizer _tokenizer = model.Tokenizer!;
    private readonly ChatTemplate? _template = format == ReplyFormat.Chat ? model.ChatTemplate! : null;

    /// <summary>What a reply is scored after to tell how likely it is by itself: the frame without anything said.</summary>
    public int[] Nothing(string mark) => Render([], mark);

    /// <summary>
    /// What was said, up to where the reply begins, in at most <paramref name="room"/> tokens: the oldest turns are left out first, then the last one
    /// loses its end.
    /// </summary>
    public int[] Prompt(HeldOutDialogue dialogue, int room)
    {
        var turns = dialogue.Prompt.ToList();
        int[] ids = Render(turns, dialogue.Mark);
        while (ids.Length > room && turns.Count > 1)
        {
            turns.RemoveAt(0);
            ids = Render(turns, dialogue.Mark);
        }
        int[] last = ids.Length > room ? _tokenizer.Encode(turns[0].Text) : [];
        // what is cut off may leave half a character, and the rest may take more tokens than it did
        for (int keep = last.Length - (ids.Length - room); ids.Length > room && keep >= 0; keep -= Math.Max(1, ids.Length - room))
            ids = Render([turns[0] with { Text = _tokenizer.Decode(last.Take(keep)).TrimEnd('\uFFFD') }], dialogue.Mark);
        return ids;
    }

    /// <summary>A reply's own tokens, without what ends it, at most <paramref name="most"/>.</summary>
    public int[] Reply(string text, string mark, int most)
    {
        int[] ids = _tokenizer.Encode(format == ReplyFormat.Chat ? text : " " + (mark == "↳" ? text : text.Replace("\n", $"\n{mark} ", StringComparison.Ordinal)));
        return ids.Length > most ? ids[..most] : ids;
    }

    private int[] Render(List<ChatTurn> turns, string mark)
    {
        if (_template is not null)
            return _template.Render(turns, addGenerationPrompt: true);
        string before = turns.Count == 0 ? "" : string.Join("\n↳ ", turns.Select(t => t.Text)) + "\n";
        return [Likelihood.Begin(model), .. _tokenizer.Encode(before + mark)];
    }
}
