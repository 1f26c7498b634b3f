using System.Collections.Concurrent;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Tests.Support;
using Callback.Web.Demo;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Callback.Web.Tests.Story;

/// <summary>What leaves the server during an agent's shift, byte by byte.</summary>
public sealed class ShiftTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    private readonly ConcurrentBag<Task<string>> bodies = [];

    [Fact]
    public async Task Asvs_14_2_6_an_agents_browser_gets_only_the_numbers_that_were_dialed()
    {
        await using var app = await TestApp.StartAsync(database, await MovedTime.StartAsync(database, Monday));
        await app.Services.GetRequiredService<DemoShop>().FurnishAsync(default);
        await ExecuteAsync("update shops set practice = false");
        await ExecuteAsync("update campaigns set line = 'manual'");
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(app.BaseAddress, session: await app.SessionAsync(await app.UserAsync(Role.Agent, DemoShop.Shop)));
        page.Response += (_, response) => Keep(response);

        await page.GotoAsync("/desk");
        await page.Keyboard.PressAsync("g");
        foreach (var dial in new[] { true, false, true, false })
        {
            await TakeAsync(page, dial);
            await Task.WhenAll(bodies);
        }
        foreach (var address in await page.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
        {
            await page.GotoAsync(address);
            await Task.WhenAll(bodies);
        }

        var shown = string.Join('\n', await Task.WhenAll(bodies));
        var numbers = await NumbersAsync(app.Services.GetRequiredService<PersonalDataVault>());
        Assert.True(numbers.Count > 100);
        Assert.Equal(2, numbers.Count(number => number.Dialed && shown.Contains(number.Digits, StringComparison.Ordinal)));
        Assert.DoesNotContain(numbers, number => !number.Dialed && shown.Contains(number.Digits, StringComparison.Ordinal));
    }

    /// <summary>One card: dialed and not answered, or skipped; then the next one.</summary>
    private static async Task TakeAsync(IPage page, bool dial)
    {
        await page.Locator(".desk-card.is-held").WaitForAsync();
        var hold = await page.Locator("#card").GetAttributeAsync("data-hold");
        if (dial)
        {
            await DeskHands.TickAllAsync(page);
            await page.Keyboard.PressAsync("d");
            await page.Locator(".desk-card.is-calling [href^='tel:']").First.WaitForAsync();
            await page.ClickAsync("button[name=state][value=NoAnswer]");
            await page.Locator(".desk-card.is-wrapup").WaitForAsync();
            await page.CheckAsync("#outcome-NoAnswer");
            await DeskHands.TickAllAsync(page);
            await page.Keyboard.PressAsync("Control+Enter");
        }
        else
        {
            await page.Keyboard.PressAsync("s");
            await page.Keyboard.PressAsync("1");
        }
        await page.Locator($".desk-card.is-held:not([data-hold='{hold}'])").WaitForAsync();
    }

    private void Keep(IResponse response)
    {
        if (response.Status < 300 && response.Headers.TryGetValue("content-type", out var type) && (type.StartsWith("text/html", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal)))
            bodies.Add(TextAsync(response));
    }

    /// <summary>Nothing where the browser has dropped it, because the page was left before it came.</summary>
    private static async Task<string> TextAsync(IResponse response)
    {
        try
        {
            return await response.TextAsync();
        }
        catch (PlaywrightException e) when (e.Message.Contains("navigated away", StringComparison.Ordinal))
        {
            return "";
        }
    }

    /// <summary>The demo's numbers without their country code, as they could stand anywhere.</summary>
    private async Task<IReadOnlyList<(string Digits, bool Dialed)>> NumbersAsync(PersonalDataVault vault)
    {
        await using var session = await database.Db.BeginAsync(DemoShop.Shop, default);
        var rows = await session.QueryAsync<(OrderNo OrderNo, byte[] Cipher, bool Dialed)>(
            """
            select o.order_no, o.phone_cipher, exists (select from attempts a where a.shop_id = o.shop_id and a.phone_hash = o.phone_hash)
            from orders o
            where o.shop_id = @Shop and o.phone_cipher is not null
            """,
            new { DemoShop.Shop },
            default);
        return [.. rows.Select(row => (vault.Decrypt(DataPlace.OrderPhone(DemoShop.Shop, row.OrderNo.Value), row.Cipher).Split(';')[0][^11..], row.Dialed)).Distinct()];
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, null, default);
        await session.CommitAsync();
    }
}
