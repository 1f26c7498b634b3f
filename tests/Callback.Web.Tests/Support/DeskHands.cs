using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.Support;

/// <summary>What an agent does again and again on a card.</summary>
internal static class DeskHands
{
    /// <summary>Waits for a part of the page; where it does not come, a picture of what is there instead is kept, and its text is told.</summary>
    public static async Task SeeAsync(IPage page, string selector)
    {
        try
        {
            await page.Locator(selector).First.WaitForAsync(new() { Timeout = 30_000 });
        }
        catch (TimeoutException e)
        {
            await Browser.KeepAsync(page, "missing");
            throw new TimeoutException($"'{selector}' did not come. There is: {await page.InnerTextAsync("main")}", e);
        }
    }

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

    /// <summary>Goes through the script to its end: takes each of the answers where it is offered, in this order, and goes on everywhere else.</summary>
    public static async Task TalkAsync(IPage page, IEnumerable<string> answers)
    {
        var plan = new Queue<string>(answers);
        while (await page.Locator(".talk-over").CountAsync() == 0)
        {
            var title = await page.InnerTextAsync("#talk-title");
            var go = "next";
            if (plan.TryPeek(out var answer) && await page.Locator($"button[value='choose:{answer}']").CountAsync() > 0)
                go = $"choose:{plan.Dequeue()}";
            while (go == "next" && plan.TryPeek(out answer) && await page.Locator($".talk-several input[value='{answer}']").CountAsync() > 0)
                await page.CheckAsync($".talk-several input[value='{plan.Dequeue()}']");
            await page.ClickAsync($"button[name=go][value='{go}']");
            await Expect(page.Locator("#talk-title")).Not.ToHaveTextAsync(title);
        }
        Assert.Empty(plan);
    }
}
