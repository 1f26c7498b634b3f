using System.Diagnostics;
using System.Net;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>What can go wrong with an answer of the fake API, and whether the phone rang all the same.</summary>
public sealed class FakeFaultTests
{
    public static TheoryData<RequestFault, int, int> Spoiled => new()
    {
        { new RequestFault { Status = 429, RetryAfter = 7 }, 429, 0 },
        { new RequestFault { Status = 500, Placed = false }, 500, 0 },
        { new RequestFault { Placed = false }, 500, 0 },
        { new RequestFault { Status = 500 }, 500, 1 },
        { new RequestFault { Status = 502, Html = true }, 502, 1 },
        { new RequestFault { Status = 400, Code = 21216, Placed = false }, 400, 0 },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task An_answer_is_spoiled_as_ordered_once(RequestFault fault, int status, int dialled)
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Inject(fault);
        using var spoiled = await PlaceAsync(account);
        Assert.Equal(status, (int)spoiled.StatusCode);
        Assert.Equal(fault.RetryAfter, (int?)spoiled.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Equal(fault.Html ? "text/html" : "application/json", spoiled.Content.Headers.ContentType?.MediaType);
        Assert.Equal(dialled, account.Fake.RingsOf(FakeAccount.Customer).Dialled);
        using var next = await PlaceAsync(account);
        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
    }

    [Fact]
    public async Task A_connection_is_reset_after_any_number_of_bytes_with_the_call_placed()
    {
        await using var account = await FakeAccount.StartAsync();
        using (await PlaceAsync(account))
        {
        }
        var whole = account.Fake.Requests[^1].AnswerBytes;
        foreach (var bytes in (int[])[0, 1, 12, whole / 2, whole - 1])
        {
            account.Fake.Inject(new RequestFault { ResetAfter = bytes });
            await Assert.ThrowsAsync<HttpRequestException>(() => PlaceAsync(account));
        }
        Assert.Equal(6, account.Fake.RingsOf(FakeAccount.Customer).Dialled);
        account.Fake.Inject(new RequestFault { ResetAfter = whole });
        using var complete = await PlaceAsync(account);
        Assert.Equal(HttpStatusCode.Created, complete.StatusCode);
        account.Fake.Inject(new RequestFault { ResetAfter = 0, Placed = false });
        await Assert.ThrowsAsync<HttpRequestException>(() => PlaceAsync(account));
        Assert.Equal(7, account.Fake.RingsOf(FakeAccount.Customer).Dialled);
    }

    [Fact]
    public async Task A_slow_answer_comes_after_the_call_was_placed()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Inject(new RequestFault { Delay = TimeSpan.FromMilliseconds(300) });
        var clock = Stopwatch.StartNew();
        var answer = PlaceAsync(account);
        await account.Fake.CallAsync(FakeAccount.Customer, "in-progress");
        Assert.False(answer.IsCompleted);
        using var late = await answer;
        Assert.Equal(HttpStatusCode.Created, late.StatusCode);
        Assert.True(clock.ElapsedMilliseconds >= 290);
    }

    [Fact]
    public async Task A_fault_waits_for_the_request_it_is_meant_for()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Inject(new RequestFault { To = "+8613800138009", Status = 500 });
        account.Fake.Inject(new RequestFault { Path = "/Participants", Status = 500 });
        account.Fake.Inject(new RequestFault { Status = 503, After = 1 });
        using var first = await PlaceAsync(account);
        using var second = await PlaceAsync(account);
        using var third = await PlaceAsync(account);
        Assert.Equal([201, 503, 201], new[] { first, second, third }.Select(answer => (int)answer.StatusCode));
        Assert.Equal([false, true, false], account.Fake.Requests.Select(request => request.Spoiled));
    }

    private static Task<HttpResponseMessage> PlaceAsync(FakeAccount account) =>
        account.PostAsync("Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Twiml", "<Response><Pause length=\"60\"/></Response>"));
}
