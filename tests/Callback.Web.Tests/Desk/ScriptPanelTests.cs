using System.Text.RegularExpressions;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Web.Components.Desk;
using Callback.Web.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Callback.Web.Tests.Desk;

public sealed class ScriptPanelTests
{
    private static readonly CallScriptBook Book = CallScriptBook.Load(Path.Combine(Repository(), "config"));

    [Fact]
    public async Task A_question_shows_its_words_and_one_button_a_branch()
    {
        var html = await PanelAsync("payment-reminder", "en", CallDraft.Empty);
        Assert.Contains("this is Emma from Linden Shoes. Am I speaking with Grace Miller?", Text(html), StringComparison.Ordinal);
        Assert.Equal(["choose:self", "choose:other", "choose:wrong"], Goes(html).Where(go => go.StartsWith("choose:", StringComparison.Ordinal)));
        Assert.DoesNotContain("next", Goes(html));
        Assert.All(Regex.Matches(html, "<button[^>]*>"), button => Assert.Contains("hx-post=\"/desk/cards/1/script\"", button.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_question_of_several_answers_has_check_boxes_and_goes_on_by_next()
    {
        var html = await PanelAsync("payment-reminder", "en", At("self", "good", "tells"));
        Assert.Equal(6, Regex.Count(html, "type=\"checkbox\" name=\"answer.causes\""));
        Assert.Equal(6, Regex.Count(html, "type=\"checkbox\"[^>]*data-choice=\"[1-6]\""));
        Assert.Contains("next", Goes(html));
        Assert.Contains("name=\"answer.purpose\" value=\"tells\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"hidden\" name=\"answer.causes\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_the_draft_knows_is_lost_by_a_button()
    {
        var draft = At("self", "good", "silent") with { ReturnStack = ["purpose"], Asides = ["abuse", "silence"], CurrentNode = "silence" };
        draft = draft with { Answers = new Dictionary<string, NodeAnswer>(draft.Answers) { ["nothing-suits"] = new NodeAnswer([], "a new \"pair\" <b>"), ["skipped"] = new NodeAnswer([]) } };
        var html = await PanelAsync("payment-reminder", "en", draft);
        Assert.Contains("name=\"node\" value=\"silence\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"return\" value=\"purpose\"", html, StringComparison.Ordinal);
        Assert.Matches("name=\"aside\" value=\"abuse\".*\n?.*name=\"aside\" value=\"silence\"", html);
        Assert.Contains("name=\"answer-text.nothing-suits\" value=\"a new &quot;pair&quot; &lt;b&gt;\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"answer.skipped\" value=\"\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"answer.greet\" value=\"self\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_full_of_markup_stays_words()
    {
        var facts = ScriptSamples.Full("en");
        facts = facts with { BuyerName = "<script>alert(1)</script>", Orders = [facts.Orders[0] with { Items = [new ScriptItem("<img src=x onerror=y>", 1)] }] };
        var html = await PanelAsync("payment-reminder", "en", At("self", "good"), facts) + await PanelAsync("payment-reminder", "en", CallDraft.Empty, facts);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_are_in_the_scripts_language_and_the_signs_in_the_readers()
    {
        var html = await PanelAsync("payment-reminder", "zh-CN", At("self", "good"), reader: Language.English);
        Assert.Contains("lang=\"zh-CN\"", html, StringComparison.Ordinal);
        Assert.Contains("还没有付款", Text(html), StringComparison.Ordinal);
        Assert.Contains("Never say", Text(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_end_the_agent_is_sent_to_the_result()
    {
        var html = await PanelAsync("payment-reminder", "en", At("wrong") with { CurrentNode = "leave" });
        Assert.Contains("The talk is over: confirm the result.", Text(html), StringComparison.Ordinal);
        Assert.Equal(["to:greet", "to:wrong-number", "back"], Goes(html).Where(go => !go.StartsWith("aside:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_checklist_asks_for_a_tick_or_a_reason_and_shows_what_the_program_knows()
    {
        var facts = new ChecklistFacts(OrdersFromFiles: true, SeveralOrders: false, OrderSeen: true, GreetingPassed: false, ResultConfirmed: false, Reached: null);
        var draft = CallDraft.Empty with { Ticks = ["note-ready"] };
        var html = await RenderAsync<ChecklistPanel>(Language.English, new()
        {
            [nameof(ChecklistPanel.Entries)] = Book.ChecklistOf(Purpose.PaymentReminder).For(draft, facts),
            [nameof(ChecklistPanel.Phase)] = CardPhase.Held,
        });
        Assert.Contains("name=\"waiver.looked-up-in-back-office\"", html, StringComparison.Ordinal);
        Assert.Matches("name=\"tick\" value=\"note-ready\" checked", html);
        Assert.DoesNotContain("is-missing", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"order-on-screen\"", html, StringComparison.Ordinal);
        Assert.Contains("1 open", Text(html), StringComparison.Ordinal);
    }

    /// <summary>The draft after these answers, one after the other.</summary>
    private static CallDraft At(params string[] answers)
    {
        var script = Book.Find("payment-reminder", null, "en")!;
        var values = ScriptValues.Of(ScriptSamples.Full("en"));
        return answers.Aggregate(CallDraft.Empty, (draft, answer) => ScriptMove.Go(script, values, draft, $"choose:{answer}"));
    }

    private static Task<string> PanelAsync(string script, string language, CallDraft draft, ScriptFacts? facts = null, Language? reader = null)
    {
        var found = Book.Find(script, null, language)!;
        var values = ScriptValues.Of(facts ?? ScriptSamples.Full(language));
        return RenderAsync<ScriptPanel>(reader ?? Language.Find(language)!, new()
        {
            [nameof(ScriptPanel.Script)] = found,
            [nameof(ScriptPanel.Values)] = values,
            [nameof(ScriptPanel.Path)] = ScriptPath.Of(found, values, draft),
            [nameof(ScriptPanel.Draft)] = draft,
            [nameof(ScriptPanel.Step)] = "/desk/cards/1/script",
        });
    }

    private static async Task<string> RenderAsync<T>(Language reader, Dictionary<string, object?> parameters) where T : IComponent
    {
        var texts = new Texts(new TextBook(), reader);
        await using var services = new ServiceCollection()
            .AddSingleton(texts)
            .AddSingleton(new Fmt(texts, TimeZoneInfo.Utc, TimeProvider.System))
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static string Text(string html) => System.Net.WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(html, "<[^>]*>", " "), @"\s+", " "));

    private static IEnumerable<string> Goes(string html) => Regex.Matches(html, "name=\"go\" value=\"([^\"]*)\"").Select(match => match.Groups[1].Value);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Callback.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
