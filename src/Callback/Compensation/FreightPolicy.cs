namespace Callback.Compensation;

/// <summary>The freight of a case, where the promise covers it.</summary>
internal static class FreightPolicy
{
    /// <returns>What is missing to decide.</returns>
    public static IReadOnlyList<string> Add(bool covered, ClaimCase claim, List<OwedPart> parts)
    {
        if (!covered)
            return [];
        if (claim.Freight is not { } freight)
            return ["freight"];
        if (freight > 0)
            parts.Add(new("freight", RoundingPolicy.Round(freight, claim.Currency)));
        return [];
    }
}
