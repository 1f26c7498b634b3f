using System.CommandLine;
using System.Globalization;
using Callback.Planning;
using Callback.Web.Api;
using Callback.Web.Localization;

namespace Callback.Web.Verbs;

/// <summary><c>callback explain --shop S --order NO [--at T]</c> tells whether an order may be called, why not, since when, and what would change it.</summary>
internal static class ExplainVerb
{
    private static readonly Texts English = new(new TextBook(), Language.English);

    public static Command Create()
    {
        var shop = new Option<string>("--shop") { Description = "The shop's code.", Required = true };
        var order = new Option<string>("--order") { Description = "The order's number.", Required = true };
        var at = new Option<DateTimeOffset?>("--at") { Description = "Another moment, for example 2026-03-16T11:20:00+08:00: a past one is judged by what was known then." };
        return new Command("explain", "Tell whether an order may be called, and why or why not.") { shop, order, at }.Runs(async (verb, ct) =>
        {
            var input = new ExplainOrderInput(
                ShopId.Parse(verb.Arguments.GetRequiredValue(shop)), OrderNo.Parse(verb.Arguments.GetRequiredValue(order)), verb.Arguments.GetValue(at));
            var told = await verb.Service<ExplainOrder>().RunAsync(verb.Actor, input, ct)
                ?? throw new RefusalException($"The shop '{input.Shop}' has no order '{input.OrderNo}'.");
            verb.Answer(ExplanationAnswer.Of(told), Text(told));
            return VerbContext.Done;
        });
    }

    private static string Text(OrderExplanation told) => string.Join(
        Environment.NewLine,
        [
            $"Order {told.OrderNo} at {Moment(told.At)}: {told.Status}, as of {Moment(told.AsOf)}.",
            .. told.Campaigns.Count == 0 ? ["The shop has no campaign that was ever started."] : told.Campaigns.Select(Line),
        ]);

    private static string Line(CampaignExplanation campaign)
    {
        var since = campaign.Since is { } from ? $", since {Moment(from)}" : "";
        var answer = campaign.Eligibility switch
        {
            Eligibility.Eligible may => $"callable ({may.Kind}), until {Moment(may.ClosesAt)}{since}",
            Eligibility.Blocked no => $"not callable: {English.Of(no.Reason)}{(no.Window is { } window ? $" ({window})" : "")}{since}{(no.Until is { } until ? $", until {Moment(until)}" : "")}. "
                + English[$"remedy.{no.Reason}"],
            _ => "",
        };
        var behind = campaign.Behind is { } then ? $" When it opens: {English.Of(then.Reason)}." : "";
        var queued = campaign.Queued is { } place ? $" In the queue behind {place.Ahead}{(place.HeldUntil is { } held ? $", in an agent's hands until {Moment(held)}" : "")}." : "";
        return $"- {campaign.Code}: {answer}{behind}{queued}";
    }

    private static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
