using System.Text.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>What the agent writes down: an outcome that fits the call, and every checklist item that the program ever asked for, left out with a reason.</summary>
internal sealed class ResultPaper(Dice dice)
{
    private static readonly string[] Reached = ["WillPay", "ThinksItOver", "Declined", "PaidAlready"];

    private readonly Dictionary<string, string> waivers = [];

    public object Draft(string? outcome) => new { outcome, waivers, tasks = outcome is null ? null : Array.Empty<object>(), note = outcome is null ? "" : "storm" };

    /// <summary>One in fifty who were reached does not want to be called again.</summary>
    public string OutcomeOf(string callState) => callState switch
    {
        "Busy" => "Busy",
        "Declined" => "DeclinedCall",
        "Failed" or "NoAnswer" or "Canceled" => "NoAnswer",
        _ => dice.Chance(0.02) ? "DoNotCall" : dice.Of(Reached),
    };

    public void Learn(IEnumerable<string> items)
    {
        foreach (var item in items)
            waivers[item] = "not needed in a storm";
    }

    /// <returns>False: the refusal asks for nothing that could be added.</returns>
    public bool LearnFrom(JsonElement refusal)
    {
        var before = waivers.Count;
        if (refusal.ValueKind == JsonValueKind.Object && refusal.TryGetProperty("problems", out var problems))
            Learn(problems.EnumerateArray().Where(problem => problem.GetProperty("code").GetString() == "checklist-open")
                .Select(problem => problem.GetProperty("values").GetProperty("item").GetString()!));
        return waivers.Count > before;
    }
}
