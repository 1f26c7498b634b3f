using Callback.Database.PersonalData;
using Callback.Tests.Support;
using Callback.Web.Demo;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Callback.Web.Tests.Story;

/// <summary>What leaves the server during an agent's shift, byte by byte.</summary>
public sealed class ShiftTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Asvs_14_2_6_an_agents_browser_gets_only_the_numbers_that_were_dialed()
    {
        var page = await PageAsync(Role.Agent);
        await page.GotoAsync("/desk");
        await page.Keyboard.PressAsync("g");
        foreach (var dial in new[] { true, false, true, false })
            await TakeAsync(page, dial);
        foreach (var address in await page.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
            await page.GotoAsync(address);

        var shown = Sent.All;
        var numbers = await NumbersAsync();
        Assert.True(numbers.Count > 100);
        Assert.Equal(2, numbers.Count(number => number.Dialed && shown.Contains(number.Digits, StringComparison.Ordinal)));
        Assert.DoesNotContain(numbers, number => !number.Dialed && shown.Contains(number.Digits, StringComparison.Ordinal));
    }

    /// <summary>One card: dialed and not answered, or skipped; then the next one.</summary>
    private static async Task TakeAsync(IPage page, bool dial)
    {
        await DeskHands.SeeAsync(page, ".desk-card.is-held");
        var hold = await page.Locator("#card").GetAttributeAsync("data-hold");
        if (dial)
        {
            await DeskHands.TickAllAsync(page);
            await page.Keyboard.PressAsync("d");
            await DeskHands.SeeAsync(page, ".desk-card.is-calling [href^='tel:']");
            await page.ClickAsync("button[name=state][value=NoAnswer]");
            await DeskHands.SeeAsync(page, ".desk-card.is-wrapup");
            await page.CheckAsync("#outcome-NoAnswer");
            await DeskHands.TickAllAsync(page);
            await page.Keyboard.PressAsync("Control+Enter");
        }
        else
        {
            await page.Keyboard.PressAsync("s");
            await page.Keyboard.PressAsync("1");
        }
        await DeskHands.SeeAsync(page, $".desk-card.is-held:not([data-hold='{hold}'])");
    }

    /// <summary>The demo's numbers without their country code, as they could stand anywhere.</summary>
    private async Task<IReadOnlyList<(string Digits, bool Dialed)>> NumbersAsync()
    {
        var rows = await ManyAsync<(OrderNo OrderNo, byte[] Cipher, bool Dialed)>(
            """
            select o.order_no, o.phone_cipher, exists (select from attempts a where a.shop_id = o.shop_id and a.phone_hash = o.phone_hash)
            from orders o
            where o.phone_cipher is not null
            """);
        var vault = App.Services.GetRequiredService<PersonalDataVault>();
        return [.. rows.Select(row => (vault.Decrypt(DataPlace.OrderPhone(DemoShop.Shop, row.OrderNo.Value), row.Cipher).Split(';')[0][^11..], row.Dialed)).Distinct()];
    }
}
