using Microsoft.Playwright;

namespace Callback.Web.Tests.Support;

/// <summary>What an agent does again and again on a card.</summary>
internal static class DeskHands
{
    /// <summary>Every item of the phase that is open; what the program ticks is no box.</summary>
    public static async Task TickAllAsync(IPage page)
    {
        var open = page.Locator("input[name=tick]:visible:enabled:not(:checked)");
        for (var tries = 0; tries < 40 && await open.CountAsync() > 0; tries++)
        {
            try
            {
                await open.First.CheckAsync(new() { Timeout = 3_000 });
            }
            catch (Exception e) when (e is TimeoutException or PlaywrightException)
            {
                // The part of the page was drawn anew under the hand: look again at what is open now.
            }
        }
    }
}
