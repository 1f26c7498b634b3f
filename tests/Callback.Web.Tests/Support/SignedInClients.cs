using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Callback.Accounts;
using Callback.Database;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Support;

/// <summary>People and programs that are signed in already: <c>await app.ClientAs(Role.Agent, shop)</c>.</summary>
public static partial class SignedInClients
{
    private static int count;

    /// <summary>A shop as most tests need it; there already: left as it is.</summary>
    public static async Task GivenShopAsync(this TestApp app, ShopId shop, string policy = "none", string zone = "Asia/Shanghai", string language = "zh-CN")
    {
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(
            """
            insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
            values (@shop, @shop, @zone, @language, 'CN', 'CNY', @policy, @now)
            on conflict (shop_id) do nothing
            """,
            new { shop = shop.Value, zone, language, policy, now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow() },
            default);
        await session.CommitAsync();
    }

    /// <summary>A user in the role, made on the way; an administrator is in no shop.</summary>
    public static async Task<User> UserAsync(this TestApp app, Role role, ShopId shop, string? name = null)
    {
        if (role != Role.Admin)
            await app.GivenShopAsync(shop);
        name ??= $"{role}-{Interlocked.Increment(ref count)}".ToLowerInvariant();
        var input = new CreateUserInput(name, null, role == Role.Admin, role == Role.Admin ? [] : [new(shop, role)], "en");
        var created = await app.Services.GetRequiredService<CreateUser>().RunAsync(Actor.System("test"), input, default);
        return (await app.Services.GetRequiredService<UserQueries>().FindAsync(created.UserId, default))!.User;
    }

    /// <summary>A session of the user, with the password changed and the second factor proven just now. The token is the value of the cookie <c>__Host-callback</c>.</summary>
    public static async Task<string> SessionAsync(this TestApp app, User user)
    {
        await using (var session = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default))
        {
            await session.ExecuteAsync(
                """
                update users
                set must_change_password = false, totp_cipher = coalesce(totp_cipher, '\x00'), totp_enabled_at = coalesce(totp_enabled_at, created_at)
                where user_id = @UserId
                """,
                new { user.UserId },
                default);
            await session.CommitAsync();
        }
        var token = await app.Services.GetRequiredService<StartSession>().RunAsync(user.UserId, new("test", "test"), new(NetworkCounted: false), default);
        await using var proof = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default);
        await proof.ExecuteAsync(
            "update user_sessions set second_factor_at = created_at where user_id = @UserId and ended_at is null", new { user.UserId }, default);
        await proof.CommitAsync();
        return token;
    }

    /// <summary>A browser's client of a new user in the role; keeps cookies, follows no redirects.</summary>
    public static async Task<HttpClient> ClientAs(this TestApp app, Role role, ShopId shop) => await app.ClientOf(await app.UserAsync(role, shop));

    public static async Task<HttpClient> ClientOf(this TestApp app, User user)
    {
        var client = app.Stranger(out var jar);
        jar["__Host-callback"] = await app.SessionAsync(user);
        return client;
    }

    /// <summary>A browser that is not signed in.</summary>
    public static HttpClient Stranger(this TestApp app, out CookieJar jar)
    {
        jar = new CookieJar();
        return new(jar) { BaseAddress = app.BaseAddress };
    }

    /// <summary>A client with an API key of the shop; with a name, the key acts as that agent.</summary>
    public static async Task<HttpClient> KeyClientAsync(this TestApp app, ShopId shop, IReadOnlyList<KeyScope> scopes, string? agent = null)
    {
        await app.GivenShopAsync(shop);
        var input = new AddApiKeyInput(shop, "test", scopes, agent, ExpiresAt: null);
        var added = await app.Services.GetRequiredService<AddApiKey>().RunAsync(Actor.System("test"), input, default);
        var client = app.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", added.Key);
        return client;
    }

    /// <summary>Posts a form as a page would: with the antiforgery token of <paramref name="page"/>.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string path, string page, params IEnumerable<KeyValuePair<string, string>> fields)
    {
        var html = await client.GetStringAsync(page);
        var token = FormToken().Match(html).Groups["token"].Value;
        Assert.NotEqual("", token);
        return await client.PostAsync(path, new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]));
    }

    [GeneratedRegex("name=\"(__RequestVerificationToken|csrf-token)\" (value|content)=\"(?<token>[^\"]+)\"")]
    private static partial Regex FormToken();
}
