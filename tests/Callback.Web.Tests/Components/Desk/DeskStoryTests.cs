using Callback.Tests.Support;
using Callback.Web.Demo;
using Callback.Web.Tests.Support;
using Microsoft.Playwright;

namespace Callback.Web.Tests.Components.Desk;

/// <summary>An agent's call in the browser, by keyboard, on the manual line.</summary>
public sealed class DeskStoryTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Agent_goes_from_ready_to_the_saved_result_by_keyboard_and_finds_the_call_again_after_a_reload()
    {
        var session = await App.SessionAsync(await App.UserAsync(Role.Agent, DemoShop.Shop));
        var page = await Browser.PageAsync(App.BaseAddress, session: session);
        var refusals = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") refusals.Add(message.Text); };

        await page.GotoAsync("/desk");
        await page.Locator(".campaign-choice", new() { HasText = "售后回访" }).Locator("input").UncheckAsync();
        await page.Keyboard.PressAsync("g");
        await DeskHands.SeeAsync(page, ".desk-card.is-held");
        Assert.Equal(0, await page.Locator("[href^='tel:']").CountAsync());
        await Browser.KeepAsync(page, "story-held");

        await page.Keyboard.PressAsync("d");
        await DeskHands.SeeAsync(page, ".notice.is-warning");
        await TickAsync(page, ".checklist-phase.is-now");
        await page.Keyboard.PressAsync("d");
        await DeskHands.SeeAsync(page, ".desk-card.is-calling [href^='tel:']");
        await Browser.KeepAsync(page, "story-calling");

        await page.Keyboard.PressAsync("a");
        await DeskHands.SeeAsync(page, ".desk-card.is-talking");
        await page.Keyboard.PressAsync("1");
        await DeskHands.SeeAsync(page, ".talk-trail");
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.TypeAsync("答应今晚付款");
        await page.Locator("#draft-saved").GetByText("已保存").WaitForAsync();
        await WaitForNoteAsync("答应今晚付款");
        await page.ReloadAsync();
        await DeskHands.SeeAsync(page, ".desk-card.is-talking .talk-trail");
        Assert.Equal("答应今晚付款", await page.InputValueAsync("#note"));
        await Browser.KeepAsync(page, "story-talking");

        await page.Keyboard.PressAsync("e");
        await DeskHands.SeeAsync(page, ".desk-card.is-wrapup");
        await page.Keyboard.PressAsync("1");
        await DeskHands.SeeAsync(page, ".choice:has(:checked)");
        await page.Keyboard.PressAsync("Control+Enter");
        await DeskHands.SeeAsync(page, ".notice.is-danger");
        await Browser.KeepAsync(page, "story-refused");
        await TickAsync(page, ".checklist-phase.is-now");
        await page.Keyboard.PressAsync("Control+Enter");
        await DeskHands.SeeAsync(page, ".desk-card.is-held");
        await Browser.KeepAsync(page, "story-next");

        Assert.Equal("WillPay", await OneAsync<string>("select string_agg(outcome, ',') from follow_ups"));
        Assert.Equal("答应今晚付款", await OneAsync<string>("select string_agg(note, ',') from follow_ups"));
        Assert.Equal(1L, await OneAsync<long>("select count(*) from attempt_rights"));
        await ManagerCorrectsAsync(await OneAsync<Guid>("select attempt_id from follow_ups"));
        Assert.All(refusals, text => Assert.Contains("422", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Skipped_card_is_counted_and_the_pause_gives_the_next_one_back()
    {
        var agent = await App.UserAsync(Role.Agent, DemoShop.Shop);
        var page = await Browser.PageAsync(App.BaseAddress, "en", session: await App.SessionAsync(agent));
        await page.GotoAsync("/desk");
        await page.Keyboard.PressAsync("g");
        await DeskHands.SeeAsync(page, ".desk-card.is-held");
        var first = await page.Locator("#card").GetAttributeAsync("data-hold");

        await page.Keyboard.PressAsync("s");
        await page.Keyboard.PressAsync("1");
        await DeskHands.SeeAsync(page, $".desk-card.is-held:not([data-hold='{first}'])");
        Assert.Equal("1", await page.Locator(".desk-day div").Nth(3).Locator("dd").InnerTextAsync());

        await page.Keyboard.PressAsync("q");
        await page.Locator(".menu[open] .menu-item").First.ClickAsync();
        await DeskHands.SeeAsync(page, ".ready-panel");
        Assert.Equal("break", await OneAsync<string>("select pause_reason from agent_states where state = 'Paused'"));
        Assert.Equal(0L, await OneAsync<long>($"select count(*) from attempts where agent_id = '{agent.UserId}'"));
    }

    [Fact]
    public async Task Tick_made_while_an_answer_is_on_its_way_is_kept_and_saved()
    {
        var page = await Browser.PageAsync(App.BaseAddress, session: await App.SessionAsync(await App.UserAsync(Role.Agent, DemoShop.Shop)));
        await page.GotoAsync("/desk");
        await page.Keyboard.PressAsync("g");
        await DeskHands.SeeAsync(page, ".desk-card.is-held");
        await DeskHands.TickAllAsync(page);
        await page.Keyboard.PressAsync("d");
        await DeskHands.SeeAsync(page, ".desk-card.is-calling");
        await page.Keyboard.PressAsync("a");
        await DeskHands.SeeAsync(page, ".desk-card.is-talking");
        await page.Keyboard.PressAsync("e");
        await DeskHands.SeeAsync(page, ".desk-card.is-wrapup");

        var late = new TaskCompletionSource();
        await page.RouteAsync("**/draft?part=talk", async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        await page.Keyboard.PressAsync("1");
        await page.CheckAsync("input[name=tick][value=promises-are-tasks]");
        late.SetResult();
        await DeskHands.SeeAsync(page, ".checklist-item:has([value=promises-are-tasks]:checked):not(:has(.checklist-waiver))");
        Assert.True(await page.IsCheckedAsync("input[name=tick][value=promises-are-tasks]"));
        await page.Keyboard.PressAsync("Control+Enter");
        await DeskHands.SeeAsync(page, ".desk-card.is-held");
    }

    private async Task ManagerCorrectsAsync(Guid attempt)
    {
        var page = await Browser.PageAsync(App.BaseAddress, "en", session: await App.SessionAsync(await App.UserAsync(Role.Manager, DemoShop.Shop)));
        await page.GotoAsync($"/log/{attempt}/result");
        await page.Locator("#outcome-ThinksItOver").CheckAsync();
        await page.Locator(".chip").First.ClickAsync();
        await page.FillAsync("#field-why", "Heard it in the talk");
        await Browser.KeepAsync(page, "story-correct");
        await page.Locator("form.result-page .btn-lg").ClickAsync();
        await page.WaitForURLAsync($"**/log/{attempt}");
        await Browser.KeepAsync(page, "story-corrected");
        Assert.Equal("WillPay,ThinksItOver", await OneAsync<string>("select string_agg(outcome, ',' order by revision) from results"));
        await page.GotoAsync("/queue");
        await Browser.KeepAsync(page, "story-queue");
    }

    private static async Task TickAsync(IPage page, string part)
    {
        foreach (var box in await page.Locator($"{part} input[type=checkbox]").AllAsync())
            await box.CheckAsync();
    }

    private async Task WaitForNoteAsync(string note)
    {
        for (var look = 0; look < 100; look++)
        {
            if (await OneAsync<long>($"select count(*) from drafts where content->>'note' = '{note}'") == 1)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        Assert.Fail("The note was not saved while it was typed.");
    }

}
