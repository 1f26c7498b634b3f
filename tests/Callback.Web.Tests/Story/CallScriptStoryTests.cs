using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Callback.Web.Tests.Story;

/// <summary>Whole talks in the browser by the shipped scripts, from the greeting to the saved result with what follows from it.</summary>
public sealed class CallScriptStoryTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Each_of_the_six_causes_is_talked_through_to_its_reason_code()
    {
        var page = await ReadyAsync(without: "售后回访");
        await CallAsync(page, ["self", "good", "tells", "browsing", "no"]);
        await CallAsync(page, ["self", "good", "tells", "price", "thinking"]);
        await CallAsync(page, ["self", "good", "tells", "account", "will-pay"]);
        await CallAsync(page, ["self", "good", "silent", "quality", "thinking"]);
        await CallAsync(page, ["self", "good", "tells", "offer", "thinking"]);
        await CallAsync(page, ["self", "good", "tells", "fails", "help"], note: "支付页提示网络繁忙");
        Assert.Equal(
            [
                "OnlyBrowsing Declined", "TooExpensive ThinksItOver", "AccountTrouble WillPay", "QualityDoubts ThinksItOver", "WaitingForOffer ThinksItOver", "PaymentFails NeedsHelp",
            ],
            await ManyAsync<string>("select array_to_string(reason_codes, ',') || ' ' || outcome from follow_ups where purpose = 'PaymentReminder' order by at"));
        Assert.Equal(["PaymentHelp"], await ManyAsync<string>("select t.kind from follow_up_tasks t join attempts a using (shop_id, attempt_id) where a.purpose = 'PaymentReminder'"));
    }

    [Fact]
    public async Task A_product_problem_and_a_rude_courier_end_in_tasks_vouchers_and_registers()
    {
        var page = await ReadyAsync(without: "催付提醒");
        await CallAsync(
            page,
            ["self", "good", "yes", "problem", "glue", "exchange", "bad", "slow", "rude", "none"],
            note: "右脚鞋头开胶，快递放门口没打电话");
        Assert.Equal(["CaseOpened"], await ManyAsync<string>("select outcome from follow_ups where purpose = 'DeliveryCallBack'"));
        Assert.Equal(["CourierRude", "CourierSlow", "GlueCameOff"], await ManyAsync<string>("select unnest(reason_codes) from follow_ups where purpose = 'DeliveryCallBack' order by 1"));
        Assert.Equal(["ApologyVoucher", "Exchange", "PhotosAwaited", "SurveyVoucher"], await ManyAsync<string>("select t.kind from follow_up_tasks t join attempts a using (shop_id, attempt_id) where a.purpose = 'DeliveryCallBack' order by t.kind"));
        Assert.Equal(["CourierRude", "CourierSlow"], await ManyAsync<string>("select cause from courier_cases order by cause"));
        Assert.Equal(["GlueCameOff"], await ManyAsync<string>("select distinct cause from product_problems"));
    }

    private async Task<IPage> ReadyAsync(string without)
    {
        var page = await PageAsync(Role.Agent);
        await page.GotoAsync("/desk");
        await page.Locator(".campaign-choice", new() { HasText = without }).Locator("input").UncheckAsync();
        await page.Keyboard.PressAsync("g");
        return page;
    }

    /// <summary>One card: dialed, answered, talked through by these answers, saved as the script proposes.</summary>
    private static async Task CallAsync(IPage page, string[] answers, string? note = null)
    {
        await DeskHands.SeeAsync(page, ".desk-card.is-held");
        var hold = await page.Locator("#card").GetAttributeAsync("data-hold");
        await DeskHands.TickAllAsync(page);
        await page.Keyboard.PressAsync("d");
        await DeskHands.SeeAsync(page, ".desk-card.is-calling");
        await page.Keyboard.PressAsync("a");
        await DeskHands.SeeAsync(page, ".desk-card.is-talking");
        await DeskHands.TalkAsync(page, answers);
        await Browser.KeepAsync(page, $"talk-{answers[3]}");
        if (note is not null)
            await page.FillAsync("#note", note);
        await page.ClickAsync("[data-key=e]");
        await page.ClickAsync(".desk-card.is-wrapup .choice.is-proposed");
        await DeskHands.SeeAsync(page, ".choice:has(:checked)");
        await DeskHands.TickAllAsync(page);
        await Browser.KeepAsync(page, $"wrapup-{answers[3]}");
        await page.Keyboard.PressAsync("Control+Enter");
        await DeskHands.SeeAsync(page, $".desk-card.is-held:not([data-hold='{hold}'])");
    }

}
