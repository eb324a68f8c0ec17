using Syrinx.Search;

namespace Syrinx.Server.Chat;

/// <summary>One step of the assistant's reply: one answer, then any number of words, then the end; or a refusal alone.</summary>
public abstract record AssistantUpdate
{
    private AssistantUpdate() { }

    /// <summary>What the posts say. <see cref="Answer.Found"/> is false where they say nothing.</summary>
    public sealed record FromPosts(Answer Answer) : AssistantUpdate;

    /// <summary>The model's next words: its own, not the members'; label them so.</summary>
    public sealed record ModelWords(string Text) : AssistantUpdate;

    /// <summary>It was asked to speak as a member, and does not.</summary>
    /// <param name="Text">A sentence that says so, in the language of the question.</param>
    public sealed record Refused(string Text) : AssistantUpdate;

    /// <summary>The reply is whole.</summary>
    /// <param name="Model">The model that spoke; null where there is none, or it cannot be loaded.</param>
    /// <param name="ModelProblem">Why the model said nothing, in a sentence; null where it spoke.</param>
    /// <param name="SearchMs">How long retrieval took.</param>
    /// <param name="PromptTokens">Tokens that the model read; null where it does not tell.</param>
    /// <param name="CompletionTokens">Tokens that the model said.</param>
    /// <param name="ModelSeconds">How long the model took.</param>
    public sealed record Done(
        string? Model, string? ModelProblem, double SearchMs, long? PromptTokens, long? CompletionTokens,
        double ModelSeconds) : AssistantUpdate
    {
        /// <summary>The kind of <see cref="ModelProblem"/>, for a page in another language.</summary>
        public ModelSilence? Silence { get; init; }
    }
}

/// <summary>Why a model says nothing.</summary>
public enum ModelSilence
{
    /// <summary>There is none.</summary>
    NoModel,

    /// <summary>It cannot be loaded.</summary>
    NotLoaded,

    /// <summary>The question does not fit into its context.</summary>
    QuestionTooLong,

    /// <summary>Too many others wait for it.</summary>
    Busy,
}
