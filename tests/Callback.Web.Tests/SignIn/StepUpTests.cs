using System.Net;
using Callback.Database;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.SignIn;

public sealed class StepUpTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("/log/export")]
    [InlineData("/orders/C1/reveal")]
    public async Task What_lets_data_out_asks_for_the_second_factor_again_after_ten_minutes_ASVS_7_5_3(string path)
    {
        var manager = await shared.App.UserAsync(Role.Manager, SharedApp.Shop);
        using var client = await shared.App.ClientOf(manager);
        Assert.False(await IsAskedAsync(client, path));
        await using (var session = await shared.Database.Db.BeginAsync(ShopScope.All, default))
        {
            await session.ExecuteAsync("update user_sessions set second_factor_at = second_factor_at - interval '11 minutes' where user_id = @UserId", new { manager.UserId }, default);
            await session.CommitAsync();
        }
        Assert.True(await IsAskedAsync(client, path));
    }

    private static async Task<bool> IsAskedAsync(HttpClient client, string path)
    {
        var answer = await client.PostFormAsync(path, "/account", new("reason", "a test of the second factor"), new KeyValuePair<string, string>("format", "Csv"));
        return answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/sign-in/code", StringComparison.Ordinal);
    }
}
