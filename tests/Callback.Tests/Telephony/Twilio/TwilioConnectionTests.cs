using System.Net;
using System.Net.Sockets;
using Callback.Telephony;
using Callback.Telephony.Twilio;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>Faults of the connection: nothing is refused for certain once a byte was written, and nothing that creates is ever sent twice.</summary>
public sealed class TwilioConnectionTests
{
    private static readonly WireAnswer Created = WireAnswer.Of(201, Samples.Participant);
    private static readonly WireAnswer TooMany = WireAnswer.Of(429, Samples.Error(20429, 429));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_cut_at_any_byte_is_lost_and_only_the_whole_one_says_something(bool gently)
    {
        foreach (var whole in new[] { Created, TooMany })
        {
            var cut = 0;
            await using var server = new WireServer(_ => whole with { ResetAfter = cut, Gently = gently });
            using var client = Samples.Client(server, new FastTime());
            for (cut = 0; cut < whole.Bytes.Length; cut++)
                Assert.IsType<TwilioAnswer<TwilioParticipant>.Lost>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
            Assert.Equal(whole.Bytes.Length, server.Requests.Count);
        }
    }

    [Fact]
    public async Task A_whole_answer_counts_even_if_the_connection_breaks_right_after_it()
    {
        await using var server = new WireServer(_ => Created with { Close = true });
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<TwilioParticipant>.Ok>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
    }

    [Fact]
    public async Task A_request_cut_at_any_byte_is_lost_never_refused_and_never_sent_again()
    {
        await using var probe = new WireServer(_ => Created);
        using (var client = Samples.Client(probe))
            await client.AddParticipantAsync("cb-1", Samples.Customer, null, default);
        var length = Assert.Single(probe.Requests).Length;

        await using var server = new WireServer(_ => Created);
        using var cutOff = Samples.Client(server, new FastTime());
        for (var read = 1; read <= length; read++)
        {
            server.ReadAtMost = read;
            var before = server.Connections;
            Assert.IsType<TwilioAnswer<TwilioParticipant>.Lost>(await cutOff.AddParticipantAsync("cb-1", Samples.Customer, null, default));
            Assert.Equal(before + 1, server.Connections);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kept_connection_that_breaks_under_the_second_request_does_not_send_it_again(bool gently)
    {
        var count = 0;
        await using var server = new WireServer(_ => Interlocked.Increment(ref count) == 1 ? Created : Created with { ResetAfter = 0, Gently = gently });
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<TwilioParticipant>.Ok>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
        Assert.IsType<TwilioAnswer<TwilioParticipant>.Lost>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
        Assert.Equal((2, 1), (server.Requests.Count, server.Connections));
    }

    [Fact]
    public async Task A_connection_that_was_closed_between_two_requests_is_replaced()
    {
        await using var server = new WireServer(_ => Created with { Close = true });
        using var client = Samples.Client(server);
        for (var requests = 1; requests <= 5; requests++)
        {
            // The close may reach the client before the second request, or break it: never is it sent twice, never called refused.
            Assert.IsNotType<TwilioAnswer<TwilioParticipant>.Refused>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
            Assert.InRange(server.Requests.Count, 1, requests);
        }
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_certain_that_nothing_was_sent()
    {
        using var client = Samples.Client(Samples.Account(Closed()));
        var refused = Assert.IsType<TwilioAnswer<TwilioParticipant>.Refused>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
        Assert.Equal(new TwilioRefusal("twilio-unreachable"), refused.Refusal);
    }

    [Fact]
    public async Task A_server_that_cannot_prove_itself_is_sent_nothing()
    {
        await using var server = new WireServer(_ => Created);
        server.ReadAtMost = 20;
        using var client = Samples.Client(Samples.Account(new Uri(server.Address.AbsoluteUri.Replace("http:", "https:", StringComparison.Ordinal))));
        var refused = Assert.IsType<TwilioAnswer<TwilioParticipant>.Refused>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
        Assert.Equal(new TwilioRefusal("twilio-unreachable"), refused.Refusal);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, true)]
    [InlineData(HttpRequestError.ConnectionError, true)]
    [InlineData(HttpRequestError.SecureConnectionError, true)]
    [InlineData(HttpRequestError.ProxyTunnelError, true)]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    [InlineData(HttpRequestError.InvalidResponse, false)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, false)]
    [InlineData(HttpRequestError.Unknown, false)]
    public void Only_a_connection_that_never_came_about_is_certain(HttpRequestError error, bool certain) =>
        Assert.Equal(certain, TwilioRefusals.NeverConnected(new HttpRequestException(error)));

    [Fact]
    public async Task A_deadline_that_passes_while_connecting_sends_not_a_byte()
    {
        await using var server = new WireServer(_ => Created);
        // Every look at the clock finds it further on: the queue's looks are still in time, the body's is not.
        var time = new SteppingTime(TimeSpan.FromSeconds(0.7));
        using var client = Samples.Client(server, time);
        var deadline = Deadline.StartNow(time);
        var refused = Assert.IsType<TwilioAnswer<TwilioParticipant>.Refused>(await client.AddParticipantAsync("cb-1", Samples.Customer, deadline, default));
        Assert.Equal(TwilioRefusal.Deadline, refused.Refusal);
        Assert.Equal(1, server.Connections);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_body_is_never_written_twice()
    {
        using var body = new TimelyBody("To=1"u8.ToArray(), null);
        await body.CopyToAsync(Stream.Null);
        Assert.True(body.Begun);
        await Assert.ThrowsAsync<InvalidOperationException>(() => body.CopyToAsync(Stream.Null));
    }

    private static Uri Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new($"http://127.0.0.1:{port}");
    }
}
