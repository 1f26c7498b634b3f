using Callback.Calls;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.Tasks;

/// <summary>From what the shop owes on a card to the task that keeps it, in the browser.</summary>
public sealed class OwedStoryTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync("update campaigns set status = case when purpose = 'DeliveryCallBack' then 'Running' else 'Paused' end");
    }

    [Fact]
    public async Task A_return_above_the_limit_is_asked_for_agreed_to_by_another_person_done_and_told_in_the_orders_story()
    {
        var agent = await PageAsync(Role.Agent, "zh-CN");
        var order = await CallAsync(agent);
        await agent.Locator("#outcome-CaseOpened").CheckAsync();
        await agent.Locator("input[name=reason][value=WrongSize]").CheckAsync(new() { Force = true });
        await agent.Locator("input[name=reason][value=CourierRude]").CheckAsync(new() { Force = true });
        var refund = agent.Locator("#owed .owed-line.is-owed", new() { HasText = "退货承诺" });
        await Expect(refund).ToBeVisibleAsync();
        await refund.Locator("input[type=checkbox]").CheckAsync();
        await refund.Locator("input[type=text]").FillAsync("尺码偏小，客户愿意退回");
        await agent.Locator("#owed .owed-line.is-owed", new() { HasText = "快递致歉券" }).Locator("input[type=checkbox]").CheckAsync();
        await Expect(agent.Locator("#talk .task-granted")).ToHaveCountAsync(2);
        await Browser.KeepAsync(agent, "owed-desk");
        await DeskHands.TickAllAsync(agent);
        await agent.Locator("#note").FillAsync("尺码不合适");
        await agent.Keyboard.PressAsync("Control+Enter");
        await Expect(agent.Locator(".desk-card.is-held, .waiting, .ready-panel").First).ToBeVisibleAsync();
        Assert.Equal("Open:ApologyVoucher:10.00,Waiting:Refund:refundable", await OneAsync<string>(
            """
            select string_agg(t.state || ':' || t.kind || ':' || case when t.amount = o.amount - o.refunded_amount then 'refundable' else t.amount::text end, ',' order by t.state)
            from follow_up_tasks t
            join orders o on o.shop_id = t.shop_id and o.order_no = t.order_no
            """));

        var manager = await PageAsync(Role.Manager, "zh-CN");
        await manager.GotoAsync("/tasks");
        await Expect(manager.Locator(".nav-count.is-blue")).ToContainTextAsync("1 项赔付待审批");
        await Browser.KeepAsync(manager, "owed-approval");
        await manager.FillAsync(".decide input[name=reason]", "同意，收到退货后退款");
        await manager.ClickAsync(".decide button[value=true]");
        await Expect(manager.Locator(".decide")).ToHaveCountAsync(0);

        await agent.GotoAsync("/tasks");
        await Expect(agent.Locator(".data-table tbody tr")).ToHaveCountAsync(2);
        await Browser.KeepAsync(agent, "owed-tasks");
        var line = agent.Locator(".data-table tbody tr", new() { HasText = "退款" });
        await line.Locator("summary", new() { HasText = "完成" }).ClickAsync();
        await line.Locator(".confirm[open] input[name=note]").FillAsync("已退款");
        await Browser.KeepAsync(agent, "owed-done");
        await line.Locator(".confirm[open] button.btn-primary").ClickAsync();
        await Expect(agent.Locator(".data-table tbody tr")).ToHaveCountAsync(1);

        await manager.GotoAsync($"/orders/{order}");
        await Expect(manager.Locator("ol.story")).ToContainTextAsync("已批准");
        await Expect(manager.Locator("ol.story")).ToContainTextAsync("已退款");
        await Browser.KeepAsync(manager, "owed-story");
        await LookAroundAsync(manager);
    }

    [Fact]
    public async Task A_manager_who_takes_no_calls_writes_the_result_of_a_call_that_was_left()
    {
        var agent = await PageAsync(Role.Agent, "en");
        await CallAsync(agent);
        await App.Services.GetRequiredService<AbandonCalls>().RunOnceAsync(Time.GetUtcNow().AddMinutes(16), default);

        var manager = await PageAsync(Role.Manager, "en");
        await manager.GotoAsync("/tasks");
        await Browser.KeepAsync(manager, "owed-abandoned");
        var left = await OneAsync<Guid>("select attempt_id from attempts where wrap_up = 'Abandoned'");
        await manager.ClickAsync($"a[href*='/{left}/result']");
        await manager.Locator("#outcome-NoSurvey").CheckAsync();
        await DeskHands.TickAllAsync(manager);
        await manager.Locator("form.result-page .btn-lg").ClickAsync();
        await manager.WaitForURLAsync("**/log/*");

        Assert.Equal("NoSurvey", await OneAsync<string>($"select outcome from follow_ups where attempt_id = '{left}'"));
        await manager.GotoAsync("/tasks");
        await Expect(manager.Locator("a[href*='/result']")).ToHaveCountAsync(0);
    }

    private static async Task<string> CallAsync(IPage page)
    {
        await page.GotoAsync("/desk");
        await page.Keyboard.PressAsync("g");
        await Expect(page.Locator(".desk-card.is-held")).ToBeVisibleAsync();
        await DeskHands.TickAllAsync(page);
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator(".desk-card.is-calling")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".desk-card.is-talking")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("e");
        await Expect(page.Locator(".desk-card.is-wrapup")).ToBeVisibleAsync();
        return await page.Locator("#owed input[name='claim.0.order']").GetAttributeAsync("value") ?? "";
    }

    /// <summary>The other screens of this part, each for a look in both languages.</summary>
    private async Task LookAroundAsync(IPage manager)
    {
        foreach (var (address, name) in new[] { ("/promises", "promises"), ("/registers", "couriers"), ("/registers?kind=Products", "products"), ("/tasks?state=Done", "tasks-done") })
        {
            await manager.GotoAsync(address);
            await Expect(manager.Locator("h1")).ToBeVisibleAsync();
            await Expect(manager.Locator(".data-table").First).ToBeVisibleAsync();
            await Browser.KeepAsync(manager, $"owed-{name}");
        }
    }

}
