namespace Callback.Compensation;

/// <summary>Who gives.</summary>
public enum GrantRole
{
    Agent,
    Manager,
}

/// <summary>How much of one order's money somebody may give away alone.</summary>
/// <param name="Campaign">Code of the campaign; null: every campaign.</param>
/// <param name="Shop">Code of the shop; null: every shop.</param>
public sealed record GrantLimit(GrantRole Role, string? Campaign, string? Shop, AmountTable Most);

/// <summary>Which limit counts, and which grants stay below it.</summary>
public static class GrantLimitPolicy
{
    /// <summary>The most particular entry counts: shop and campaign, then shop, then campaign, then neither. Without a figure nothing is given without a manager.</summary>
    public static decimal Of(IEnumerable<GrantLimit> limits, GrantRole role, string shop, string campaign, string currency) => limits
        .Where(limit => limit.Role == role && (limit.Shop ?? shop) == shop && (limit.Campaign ?? campaign) == campaign)
        .OrderByDescending(limit => (limit.Shop is null ? 0 : 2) + (limit.Campaign is null ? 0 : 1))
        .Select(limit => limit.Most.Of(currency))
        .FirstOrDefault() ?? 0;

    /// <summary>
    /// Which amounts wait for a manager: the smallest go first, as long as they fit together with what was given before. So a higher limit never makes
    /// one wait that did not, and splitting an amount does not get round the limit. What costs nothing never waits.
    /// </summary>
    /// <param name="amounts">What is to be given now.</param>
    /// <param name="limit">Of the one who gives.</param>
    /// <param name="givenBefore">Given without a manager for the same orders, in other calls.</param>
    /// <returns>For each amount in its place, whether it waits.</returns>
    public static IReadOnlyList<bool> Waits(IReadOnlyList<decimal> amounts, decimal limit, decimal givenBefore)
    {
        var waits = new bool[amounts.Count];
        var sum = givenBefore;
        foreach (var place in Enumerable.Range(0, amounts.Count).Where(place => amounts[place] > 0).OrderBy(place => amounts[place]).ThenBy(place => place))
        {
            sum += amounts[place];
            waits[place] = sum > limit;
        }
        return waits;
    }
}
