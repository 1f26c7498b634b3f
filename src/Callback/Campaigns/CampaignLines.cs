namespace Callback.Campaigns;

/// <summary>The lines that campaigns can call over here: a provider's line is one only where its account is configured.</summary>
public sealed record CampaignLines(IReadOnlyList<string> Names)
{
    /// <summary>Every line this program knows of.</summary>
    public static readonly CampaignLines All = new(["manual", "practice", "twilio"]);

    /// <exception cref="InvalidInputException"><c>line-not-available</c>.</exception>
    internal void Demand(CampaignSettings settings)
    {
        if (All.Names.Contains(settings.Line) && !Names.Contains(settings.Line))
            throw new InvalidInputException(Problem.Of("line-not-available", "line", ("value", settings.Line), ("allowed", string.Join(", ", Names.Where(name => name != "practice")))));
    }
}
