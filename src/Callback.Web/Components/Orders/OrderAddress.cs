using Callback.Orders;

namespace Callback.Web.Components.Orders;

/// <summary>The list's filter as it stands in an address. Phones and buyer ids never do; their person key does.</summary>
internal static class OrderAddress
{
    public static string List(string? status, string? order, string? person, string? cursor)
    {
        var parts = new[] { ("status", status), ("order", order), ("person", person), ("cursor", cursor) }
            .Where(part => !string.IsNullOrEmpty(part.Item2))
            .Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}");
        return "/orders?" + string.Join('&', parts);
    }

    /// <exception cref="InvalidInputException">choice-unknown, order-no-unusable, person-key-invalid.</exception>
    public static OrderFilter Filter(string? status, string? order, string? person) => new(
        string.IsNullOrEmpty(status) ? null : Enum.TryParse<OrderStatus>(status, out var known) && Enum.IsDefined(known) ? known : throw Wrong("choice-unknown", "status", status),
        string.IsNullOrWhiteSpace(order) ? null : OrderNo.TryParse(order) ?? throw Wrong("order-no-unusable", "order", order),
        string.IsNullOrEmpty(person) ? null : person.Length == 64 && person.All(char.IsAsciiHexDigit) ? Convert.FromHexString(person) : throw Wrong("person-key-invalid", "person", ""));

    private static InvalidInputException Wrong(string code, string field, string value) => new(Problem.Of(code, field, ("value", value)));
}
