using Microsoft.AspNetCore.Http;

namespace Syrinx.Server.OpenAi;

/// <summary>A request that is answered with an error; under <c>/v1</c> its fields are those of OpenAI's error object.</summary>
internal sealed class ApiException(int status, string message, string? param = null, string? code = null) : Exception(message)
{
    public int Status => status;

    /// <summary>When to come again, sent as Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public OpenAiErrorBody ToOpenAi() => new(new(Message, Type, param, code));

    private string Type => status switch
    {
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };
}

/// <summary>OpenAI's error envelope.</summary>
internal sealed record OpenAiErrorBody(OpenAiError Error);

/// <summary>OpenAI's error object; param and code are null where they say nothing.</summary>
internal sealed record OpenAiError(string Message, string Type, string? Param, string? Code);
