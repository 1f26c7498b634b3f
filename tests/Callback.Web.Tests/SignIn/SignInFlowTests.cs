using System.Buffers.Binary;
using System.Net;
using System.Text.RegularExpressions;
using Callback.Accounts;
using Callback.Database;
using Callback.Web.SignIn;
using Callback.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Callback.Web.Tests.SignIn;

public sealed partial class SignInFlowTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Good = "vlugaro tinbesk morwen";

    [Fact]
    public async Task An_agent_changes_the_one_time_password_and_is_through()
    {
        var created = await CreateAsync("flow-agent", Role.Agent);
        using var client = shared.App.Stranger(out var jar);
        var started = await SignInAsync(client, "Flow-Agent ", created.OneTimePassword);
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        Assert.Equal("/sign-in/password", (await client.GetAsync("/account")).Headers.Location!.OriginalString);
        var weak = await ChangeAsync(client, created.OneTimePassword, "password1234567");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ChangeAsync(client, created.OneTimePassword, Good)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account")).StatusCode);
        var token = jar[SignInCookie.Name];
        await client.PostFormAsync("/sign-out", "/account");
        jar[SignInCookie.Name] = token;
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_manager_sets_an_app_up_and_proves_it_at_the_next_sign_in_ASVS_6_3_3()
    {
        var created = await CreateAsync("flow-manager", Role.Manager);
        using var client = shared.App.Stranger(out _);
        await SignInAsync(client, "flow-manager", created.OneTimePassword);
        await ChangeAsync(client, created.OneTimePassword, Good);
        Assert.Equal("/sign-in/second-factor", (await client.GetAsync("/log")).Headers.Location!.OriginalString);
        var html = await client.GetStringAsync("/sign-in/second-factor");
        Assert.Matches("<svg class=\"qr-code\"[^>]*><path d=\"M4 4h1", html);
        var secret = Secret().Match(html).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);
        var code = Totp.CodeAt(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()));
        var confirmed = await client.PostFormAsync("/sign-in/second-factor", "/sign-in/second-factor", new KeyValuePair<string, string>("code", code));
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        var recovery = RecoveryCode().Match(await confirmed.Content.ReadAsStringAsync()).Value;
        Assert.NotEqual(HttpStatusCode.Redirect, (await client.GetAsync("/account")).StatusCode);

        using var again = shared.App.Stranger(out _);
        await SignInAsync(again, "flow-manager", Good);
        Assert.Equal("/sign-in/code", (await again.GetAsync("/account")).Headers.Location!.OriginalString);
        var replayed = await again.PostFormAsync("/sign-in/code", "/sign-in/code", new KeyValuePair<string, string>("code", code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.StatusCode);
        await again.PostFormAsync("/sign-in/code", "/sign-in/code", new KeyValuePair<string, string>("code", recovery));
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Unknown_disabled_and_wrong_get_the_same_answer_ASVS_6_3_8()
    {
        var user = await shared.App.UserAsync(Role.Agent, SharedApp.Shop, "known");
        var off = await shared.App.UserAsync(Role.Agent, SharedApp.Shop, "switched-off");
        await shared.App.Services.GetRequiredService<DisableUser>().RunAsync(Actor.System("test"), off.UserId, disable: true, default);
        var answers = new List<string>();
        foreach (var name in new[] { user.Name, off.Name, "nobody-at-all" })
        {
            using var client = shared.App.Stranger(out _);
            var answer = await SignInAsync(client, name, "some wrong password");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var html = await answer.Content.ReadAsStringAsync();
            answers.Add(Token().Replace(html, "").Replace(name, "NAME", StringComparison.Ordinal));
        }
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    [Fact]
    public async Task Stored_hashes_are_PBKDF2_SHA512_with_220000_iterations_ASVS_11_4_2()
    {
        var created = await CreateAsync("hashed", Role.Agent);
        var form = Convert.FromBase64String((await FindAsync("hashed")).PasswordHash!);
        Assert.Equal(1, form[0]);
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(form.AsSpan(1)));
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(form.AsSpan(5)) >= 220_000);
        Assert.DoesNotContain(created.OneTimePassword, (await FindAsync("hashed")).PasswordHash!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_with_fewer_iterations_is_renewed_at_sign_in_ASVS_11_4_2()
    {
        await CreateAsync("older", Role.Agent);
        var old = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new(), Good);
        await SqlAsync("update users set password_hash = @old, must_change_password = false where name = 'older'", new { old });
        using var client = shared.App.Stranger(out _);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(client, "older", Good)).StatusCode);
        var renewed = Convert.FromBase64String((await FindAsync("older")).PasswordHash!);
        Assert.Equal(220_000u, BinaryPrimitives.ReadUInt32BigEndian(renewed.AsSpan(5)));
        using var again = shared.App.Stranger(out _);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(again, "older", Good)).StatusCode);
    }

    [Fact]
    public async Task A_disabled_users_next_request_is_a_strangers_ASVS_7_4_2()
    {
        var user = await shared.App.UserAsync(Role.Agent, SharedApp.Shop, "killed");
        using var client = await shared.App.ClientOf(user);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account")).StatusCode);
        await shared.App.Services.GetRequiredService<DisableUser>().RunAsync(Actor.System("test"), user.UserId, disable: true, default);
        Assert.Equal("/sign-in?return=%2Faccount", (await client.GetAsync("/account")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_session_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts_ASVS_3_3()
    {
        var created = await CreateAsync("cookied", Role.Agent);
        using var client = shared.App.Stranger(out _);
        var answer = await SignInAsync(client, "cookied", created.OneTimePassword);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(SignInCookie.Name, StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("secure", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/;", cookie + ";", StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Sign_in_leads_nowhere_else_ASVS_3_7_2(string back)
    {
        await CreateAsync($"way-{back.Length}", Role.Agent);
        var old = new PasswordHasher<User>().HashPassword(new(), Good);
        await SqlAsync("update users set password_hash = @old, must_change_password = false where name = @name", new { old, name = $"way-{back.Length}" });
        using var client = shared.App.Stranger(out _);
        var answer = await SignInAsync(client, $"way-{back.Length}", Good, back);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task There_is_no_one_click_sign_in_outside_a_demo()
    {
        await shared.App.UserAsync(Role.Agent, SharedApp.Shop, "one-click");
        using var client = shared.App.Stranger(out var jar);
        var answer = await client.PostFormAsync("/sign-in/demo", "/sign-in", new KeyValuePair<string, string>("name", "one-click"));
        Assert.Null(jar[SignInCookie.Name]);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<CreatedUser> CreateAsync(string name, Role role) =>
        shared.App.Services.GetRequiredService<CreateUser>().RunAsync(Actor.System("test"), new(name, null, false, [new(SharedApp.Shop, role)], "en"), default);

    private async Task<User> FindAsync(string name) => (await shared.App.Services.GetRequiredService<UserQueries>().FindByNameAsync(name, default))!.User;

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string name, string password, string back = "") => client.PostFormAsync(
        "/sign-in", "/sign-in", new("name", name), new KeyValuePair<string, string>("password", password), new KeyValuePair<string, string>("return", back));

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string current, string next) => client.PostFormAsync(
        "/sign-in/password", "/sign-in/password", new("current", current), new KeyValuePair<string, string>("password", next), new KeyValuePair<string, string>("again", next));

    private async Task SqlAsync(string sql, object args)
    {
        await using var session = await shared.Database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
    }

    [GeneratedRegex("data-secret[^>]*>(?<key>[A-Z2-7 ]+)<")]
    private static partial Regex Secret();

    [GeneratedRegex("[a-z2-9]{4}(-[a-z2-9]{4}){4}")]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("(name=\"__RequestVerificationToken\" value|name=\"csrf-token\" content)=\"[^\"]*\"|data-now=\"[0-9]*\"")]
    private static partial Regex Token();
}
