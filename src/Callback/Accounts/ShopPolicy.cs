using System.Text.RegularExpressions;

namespace Callback.Accounts;

/// <summary>What a shop's settings may be. Whether the policy exists is the host's question: policies are another slice's.</summary>
public static partial class ShopPolicy
{
    public static IReadOnlyList<Problem> Problems(Shop shop)
    {
        var problems = new List<Problem>();
        if (!ShopId.TryParse(shop.ShopId.Value, out _))
            problems.Add(Problem.Of("shop-code-form", "code", ("code", shop.ShopId.Value)));
        if (shop.Name.Length is 0 or > 100)
            problems.Add(Problem.Of("shop-name-form", "name"));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(shop.Zone, out var zone) || !zone.HasIanaId)
            problems.Add(Problem.Of("zone-unknown", "zone", ("zone", shop.Zone)));
        if (!ChooseLanguage.Languages.Contains(shop.Language))
            problems.Add(Problem.Of("language-unknown", "language", ("language", shop.Language)));
        if (!Capitals().IsMatch(shop.Country) || shop.Country.Length != 2)
            problems.Add(Problem.Of("country-form", "country", ("country", shop.Country)));
        if (!Capitals().IsMatch(shop.Currency) || shop.Currency.Length != 3)
            problems.Add(Problem.Of("currency-form", "currency", ("currency", shop.Currency)));
        return problems;
    }

    [GeneratedRegex(@"\A[A-Z]+\z")]
    private static partial Regex Capitals();
}
