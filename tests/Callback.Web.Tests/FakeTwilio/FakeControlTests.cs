using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Callback.Tests.Support;

namespace Callback.Web.Tests.Fakes;

/// <summary>The controls of the fake, from another process.</summary>
public sealed class FakeControlTests
{
    private const string Script = """{"default":{"manner":"Waits","ringsAfter":"00:00:00.001"},"numbers":{"client:*":{"presses":"1"}}}""";

    [Fact]
    public async Task A_person_can_play_the_customer_over_http()
    {
        await using var account = await FakeAccount.StartAsync();
        var fake = new Uri(account.Fake.BaseAddress, "/_fake/");
        using var script = new StringContent(Script, Encoding.UTF8, "application/json");
        using var set = await account.Client.PutAsync(new Uri(fake, "script"), script);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        var sid = await account.CallAsync();
        await account.Fake.CallAsync(FakeAccount.Customer, "ringing");
        Assert.Equal(HttpStatusCode.NoContent, await ActAsync(account, $"calls/{sid}/answer"));
        Assert.Equal(HttpStatusCode.NoContent, await ActAsync(account, $"calls/{sid}/digits?digits=12"));
        Assert.Equal(HttpStatusCode.NoContent, await ActAsync(account, $"calls/{sid}/hangup"));
        Assert.Equal(HttpStatusCode.Conflict, await ActAsync(account, $"calls/{sid}/hangup"));
        Assert.Equal(HttpStatusCode.NotFound, await ActAsync(account, "calls/CA0/hangup"));
        var rings = await account.Client.GetFromJsonAsync<JsonObject>(new Uri(fake, "rings"));
        Assert.Equal((1, 1), ((int)rings![FakeAccount.Customer]!["dialled"]!, (int)rings[FakeAccount.Customer]!["rang"]!));
        Assert.Equal("completed", (string?)(await account.Client.GetFromJsonAsync<JsonArray>(new Uri(fake, $"calls?to={Uri.EscapeDataString(FakeAccount.Customer)}")))![0]!["status"]);
    }

    [Fact]
    public async Task Faults_are_ordered_over_http_and_a_reset_forgets_all()
    {
        await using var account = await FakeAccount.StartAsync();
        var fake = new Uri(account.Fake.BaseAddress, "/_fake/");
        using var fault = await account.Client.PostAsJsonAsync(new Uri(fake, "faults"), new { status = 500, placed = false });
        using var lost = await account.Client.PostAsJsonAsync(new Uri(fake, "webhook-faults"), new { trouble = "Lose", times = 9 });
        using var misspelt = await account.Client.PostAsJsonAsync(new Uri(fake, "faults"), new { statuss = 500 });
        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.BadRequest], new[] { fault, lost, misspelt }.Select(answer => answer.StatusCode));
        using var spoiled = await account.PostAsync("Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Twiml", FakeAccount.JoinRoom));
        Assert.Equal(HttpStatusCode.InternalServerError, spoiled.StatusCode);
        await account.CallAsync();
        Assert.Equal(HttpStatusCode.NoContent, await ActAsync(account, "reset"));
        Assert.Empty(account.Fake.Calls);
        Assert.Empty(account.Fake.Requests);
        Assert.Equal(0, account.Fake.RingsOf(FakeAccount.Customer).Dialled);
        await account.CallAsync();
        await account.Fake.CallAsync(FakeAccount.Customer, "in-progress");
        await account.Fake.QuietAsync();
        Assert.Equal(3, account.Hooks.Received.Count);
    }

    /// <summary>The program as <c>scripts/start</c> runs it.</summary>
    [Fact]
    public async Task As_a_process_it_takes_a_script_and_keeps_a_log_that_a_reset_does_not_shorten()
    {
        using var folder = new TempFolder();
        var (script, log) = (Path.Combine(folder.Path, "script.json"), Path.Combine(folder.Path, "rings.log"));
        await File.WriteAllTextAsync(script, Script);
        var program = Path.Combine(AppContext.BaseDirectory, "FakeTwilio.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--script", script, "--log", log]) { RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            var words = (await process.StandardOutput.ReadLineAsync(limit.Token))!.Split(' ');
            var (address, sid) = (new Uri(words[4]), words[7]);
            using var client = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = FakeAccount.Basic($"{sid}:fake-auth-token-of-the-account-00") } };
            using var form = new FormUrlEncodedContent([new("To", "client:agent_7"), new("From", FakeAccount.Own), new("Twiml", FakeAccount.JoinRoom)]);
            using var placed = await client.PostAsync(new Uri($"/2010-04-01/Accounts/{sid}/Calls.json", UriKind.Relative), form, limit.Token);
            Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
            using var reset = await client.PostAsync(new Uri("/_fake/reset", UriKind.Relative), null, limit.Token);
            var lines = (await File.ReadAllLinesAsync(log, limit.Token)).Take(2).Select(line => JsonNode.Parse(line)!);
            Assert.Equal([("asked", "client:agent_7"), ("dialled", "client:agent_7")], lines.Select(line => ((string?)line["what"], (string?)line["number"])));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(limit.Token);
        }
    }

    private static async Task<HttpStatusCode> ActAsync(FakeAccount account, string act)
    {
        using var answer = await account.Client.PostAsync(new Uri(account.Fake.BaseAddress, "/_fake/" + act), null);
        return answer.StatusCode;
    }
}
