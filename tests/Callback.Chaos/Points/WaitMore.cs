namespace Callback.Chaos.Points;

internal static class WaitMore
{
    /// <summary>A time-out says what it saw.</summary>
    public static async Task WithAsync(this Task wait, Func<string> seen)
    {
        try
        {
            await wait;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} {seen()}", e);
        }
    }
}
