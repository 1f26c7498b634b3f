using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.CallScripts;

/// <summary>A scheduler changes what is said while an agent is saying it.</summary>
public sealed class ScriptEditorStoryTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync("update campaigns set status = case purpose when 'PaymentReminder' then status else 'Paused' end");
    }

    [Fact]
    public async Task What_is_changed_and_published_is_what_the_next_call_has_while_a_running_call_keeps_its_version()
    {
        var scheduler = await PageAsync(Role.Scheduler);
        await CopyAsync(scheduler);
        await SayAsync(scheduler, "您好，这是第一版的问候。", "Hello, this is the first greeting.");
        await PublishAsync(scheduler, "第一版");
        await ChooseInCampaignAsync(scheduler);

        var first = await TalkAsync("talk-first");
        await Expect(first.Locator(".talk-text")).ToHaveTextAsync("您好，这是第一版的问候。");

        await scheduler.GotoAsync("/scripts/shop/our-reminder");
        await scheduler.ClickAsync("form[action$='/open'] button");
        await SayAsync(scheduler, "您好，这是第二版的问候。", "Hello, this is the second greeting.");
        await first.ReloadAsync();
        await Expect(first.Locator(".talk-text")).ToHaveTextAsync("您好，这是第一版的问候。");
        await PublishAsync(scheduler, "问候更短");
        await scheduler.GotoAsync("/scripts");
        await Browser.KeepAsync(scheduler, "scripts-list");

        await first.ReloadAsync();
        await Expect(first.Locator(".talk-text")).ToHaveTextAsync("您好，这是第一版的问候。");
        var second = await TalkAsync("talk-second");
        await Expect(second.Locator(".talk-text")).ToHaveTextAsync("您好，这是第二版的问候。");
    }

    private static async Task CopyAsync(IPage page)
    {
        await page.GotoAsync("/scripts");
        await page.SelectOptionAsync("select[name=source]", "payment-reminder");
        await page.FillAsync("#field-name", "our-reminder");
        await Browser.KeepAsync(page, "scripts-copy");
        await page.ClickAsync("form[action='/scripts/copy'] button");
        await page.WaitForURLAsync("**/scripts/shop/our-reminder/edit");
    }

    /// <summary>Writes the greeting anew; the preview and the checks follow what is typed before it is saved.</summary>
    private static async Task SayAsync(IPage page, string zh, string en)
    {
        await page.Locator(".outline-step", new() { HasText = "问候、确认本人" }).First.ClickAsync();
        await page.FillAsync("[name='text.zh']", "{{shpo}}");
        await Expect(page.Locator("#check .finding-list")).ToContainTextAsync("您是不是想写“shop”");
        await Browser.KeepAsync(page, "scripts-mistake");
        await page.FillAsync("[name='text.zh']", zh);
        await page.FillAsync("[name='text.en']", en);
        await Expect(page.Locator("#check .preview").First).ToContainTextAsync(zh);
        await Expect(page.Locator("#check .preview").Last).ToContainTextAsync(en);
        await Expect(page.Locator("#check .finding-list li.is-danger")).ToHaveCountAsync(0);
        await Browser.KeepAsync(page, "scripts-edit");
        await page.ClickAsync(".node-head button");
        await Expect(page.Locator("#flash")).ToContainTextAsync("已保存");
    }

    private static async Task PublishAsync(IPage page, string note)
    {
        await page.ClickAsync(".script-bar .btn-primary");
        await page.FillAsync("[name=note]", note);
        await page.CheckAsync("[name=sure]");
        await Browser.KeepAsync(page, "scripts-publish");
        await page.ClickAsync("form[action$='/publish'] button");
        await Expect(page.Locator("#flash")).ToContainTextAsync("已发布");
        await Browser.KeepAsync(page, "scripts-script");
    }

    private async Task ChooseInCampaignAsync(IPage page)
    {
        var campaign = await OneAsync<Guid>("select campaign_id from campaigns where purpose = 'PaymentReminder'");
        await page.GotoAsync($"/campaigns/{campaign}");
        await page.SelectOptionAsync("select[name=call_script]", "shop/our-reminder");
        await page.ClickAsync("form[action^='/campaigns/'] .form-acts .btn-primary");
        await Expect(page.Locator("#flash .notice")).ToHaveCountAsync(1);
    }

    /// <summary>A new agent takes the next card and is in the talk.</summary>
    private async Task<IPage> TalkAsync(string picture)
    {
        var page = await PageAsync(Role.Agent);
        await page.GotoAsync("/desk");
        await page.Keyboard.PressAsync("g");
        await Expect(page.Locator(".desk-card.is-held")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        foreach (var box in await page.Locator(".checklist-phase.is-now input[type=checkbox]").AllAsync())
            await box.CheckAsync();
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator(".desk-card.is-calling")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".desk-card.is-talking")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Browser.KeepAsync(page, $"scripts-{picture}");
        return page;
    }
}
