using Polly;
using Polly.Retry;

namespace Callback.Telephony.Twilio;

/// <summary>Asks again for what only reads: after 429, a fault of Twilio's, or where it was not reached.</summary>
internal sealed class TwilioRetry(TimeProvider time)
{
    public const int Attempts = 3;

    /// <summary>However long Twilio wants to be left alone: whoever asked is waiting, and will ask again by himself.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    public async Task<TwilioAnswer<T>> RunAsync<T>(Func<CancellationToken, Task<TwilioAnswer<T>>> read, CancellationToken ct)
    {
        var pipeline = new ResiliencePipelineBuilder<TwilioAnswer<T>> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<TwilioAnswer<T>>
            {
                MaxRetryAttempts = Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                ShouldHandle = arguments => ValueTask.FromResult(MayHelp(arguments.Outcome.Result)),
                DelayGenerator = arguments => ValueTask.FromResult(Asked(arguments.Outcome.Result)),
            })
            .Build();
        return await pipeline.ExecuteAsync(async token => await read(token), ct);
    }

    private static bool MayHelp<T>(TwilioAnswer<T>? answer) => answer is TwilioAnswer<T>.Lost or TwilioAnswer<T>.Refused { Refusal: { HttpStatus: null or 429 } };

    /// <returns>Null: the usual wait.</returns>
    private static TimeSpan? Asked<T>(TwilioAnswer<T>? answer)
    {
        var asked = answer switch
        {
            TwilioAnswer<T>.Refused refused => refused.Refusal.RetryAfter,
            TwilioAnswer<T>.Lost lost => lost.RetryAfter,
            _ => null,
        };
        return asked is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestWait.Ticks)) : null;
    }
}
