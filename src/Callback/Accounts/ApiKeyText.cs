namespace Callback.Accounts;

/// <summary>The form of a key: <c>cbk.SHOP.SECRET</c>, the secret being 32 random bytes in base64url. The shop in it says where its hash is looked up.</summary>
internal static class ApiKeyText
{
    private const string Prefix = "cbk";

    public static string New(ShopId shop) => $"{Prefix}.{shop}.{OneTimeSecret.Token()}";

    /// <summary>What is kept to tell keys apart.</summary>
    public static string Hint(string key) => key[..(key.LastIndexOf('.') + 5)] + "…";

    public static ShopId? ShopOf(string key)
    {
        var parts = key.Split('.');
        return parts is [Prefix, var shop, { Length: 43 }] && ShopId.TryParse(shop, out var id) ? id : null;
    }
}
