using Callback.Database;

namespace Callback.Suppression;

/// <summary>Reads a number as people write it; given by the composition, because the slice of orders knows how.</summary>
/// <param name="text">As typed or in a file.</param>
/// <param name="country">Whose national numbers are meant where no country code is written (two letters).</param>
/// <returns>Null: that is no whole number.</returns>
public delegate PhoneNumber? ReadPhone(string text, string country);

/// <summary>Turns what was typed into a target.</summary>
public sealed class TargetReader(ReadPhone read)
{
    public static async Task<string> CountryAsync(Session session, ShopId shop, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<string>("select country from shops where shop_id = @shop", new { shop }, ct) ?? throw new ShopUnknownException(shop);

    /// <exception cref="InvalidInputException"><c>phone-incomplete</c>, <c>buyer-empty</c>, <c>order-no-form</c>.</exception>
    public SuppressionTarget Resolve(SuppressionTarget target, string country) => target switch
    {
        SuppressionTarget.Written { Scope: SuppressionScope.Phone, Value: var text } =>
            read(text, country) is { } phone ? new SuppressionTarget.OfPhone(phone) : throw new InvalidInputException(Problem.Of("phone-incomplete", "value")),
        SuppressionTarget.Written { Scope: SuppressionScope.Buyer, Value: var text } =>
            text.Trim().Length is > 0 and <= 100 ? new SuppressionTarget.OfBuyer(text) : throw new InvalidInputException(Problem.Of("buyer-empty", "value")),
        SuppressionTarget.Written { Value: var text } =>
            OrderNo.TryParse(text) is { } order ? new SuppressionTarget.OfOrder(order) : throw new InvalidInputException(Problem.Of("order-no-form", "value")),
        _ => target,
    };
}
