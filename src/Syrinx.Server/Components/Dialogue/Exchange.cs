using System.Text;
using Syrinx.Search;
using Syrinx.Server.Chat;
using Syrinx.Server.Safety;

namespace Syrinx.Server.Components.Dialogue;

/// <summary>A question and what has come of it so far, as the chat page shows it. Used on the circuit's thread only.</summary>
public sealed class Exchange(string question)
{
    private readonly StringBuilder _words = new();

    internal string Question => question;

    /// <summary>Null while the posts are being searched.</summary>
    internal Answer? Answer { get; private set; }

    /// <summary>What the model has said up to now.</summary>
    internal string Words => _words.ToString();

    /// <summary>The model that speaks or spoke.</summary>
    internal string? Model { get; private set; }

    /// <summary>Still being answered.</summary>
    internal bool Running { get; private set; } = true;

    internal bool Stopped { get; private set; }

    /// <summary>It asked to speak as a member.</summary>
    internal bool Refused { get; private set; }

    /// <summary>Why the model said nothing.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Why there is no answer at all.</summary>
    internal string? Failure { get; private set; }

    /// <summary>How the time went; null while running and for what was said before.</summary>
    internal AssistantUpdate.Done? Done { get; private set; }

    internal void Apply(AssistantUpdate update)
    {
        switch (update)
        {
            case AssistantUpdate.FromPosts found:
                Answer = found.Answer;
                break;
            case AssistantUpdate.ModelWords more:
                _words.Append(more.Text);
                break;
            case AssistantUpdate.Refused:
                Refused = true;
                break;
            case AssistantUpdate.Done done:
                (Done, Model, Problem) = (done, done.Model, done.ModelProblem);
                break;
        }
    }

    /// <summary>Nothing more will come.</summary>
    internal void End(bool stopped = false, string? failure = null) =>
        (Running, Stopped, Failure) = (false, stopped, failure);

    /// <summary>The exchanges of a kept conversation.</summary>
    internal static List<Exchange> From(IEnumerable<ConversationMessage> messages)
    {
        List<Exchange> exchanges = [];
        foreach (var message in messages)
        {
            if (message.Role == "user")
            {
                var asked = new Exchange(message.Text);
                asked.End(stopped: true);
                exchanges.Add(asked);
            }
            else if (exchanges is [.., var last])
            {
                last.Answer = message.Answer;
                last._words.Append(message.ModelText);
                (last.Model, last.Stopped, last.Refused) = (message.Model, message.Stopped, PersonaGuard.IsRefusal(message.Text));
            }
        }
        return exchanges;
    }
}
