using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Callback.Telephony.Twilio;

/// <summary>The fields of a request, in Twilio's spelling.</summary>
internal sealed class TwilioForm
{
    private readonly List<KeyValuePair<string, string>> fields = [];

    public TwilioForm Add(string name, string? value)
    {
        if (value is not null)
            fields.Add(new(name, value));
        return this;
    }

    public TwilioForm Add(string name, bool? value) => Add(name, value is { } given ? (given ? "true" : "false") : null);

    public TwilioForm Add(string name, Uri? value) => Add(name, value?.AbsoluteUri);

    /// <summary>In whole seconds, rounded up.</summary>
    public TwilioForm Add(string name, TimeSpan? value) => Add(name, value is { } span ? Math.Ceiling(span.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>The name once for each value.</summary>
    public TwilioForm Each(string name, IEnumerable<string> values)
    {
        foreach (var value in values)
            Add(name, value);
        return this;
    }

    public byte[] ToBytes() => Encoding.ASCII.GetBytes(Encoded());

    /// <summary>As a query of an address, with its question mark.</summary>
    public string ToQuery() => fields.Count == 0 ? "" : "?" + Encoded();

    private string Encoded() => string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
}

/// <summary>
/// A body that looks at the deadline when the connection stands and is about to be written to: nothing is awaited between this look and the first byte.
/// The request's head waits in the connection's buffer until the body follows it.
/// </summary>
internal sealed class TimelyBody : HttpContent
{
    private readonly byte[] bytes;
    private readonly Deadline? deadline;
    private int begun;

    public TimelyBody(byte[] bytes, Deadline? deadline)
    {
        this.bytes = bytes;
        this.deadline = deadline;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
    }

    /// <summary>From here on nobody can say that Twilio never had the request.</summary>
    public bool Begun => Volatile.Read(ref begun) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (deadline is { Passed: true })
            throw new DeadlinePassedException();
        if (Interlocked.Exchange(ref begun, 1) != 0)
            throw new InvalidOperationException("A request that may have been sent is not sent again.");
        if (deadline is null)
            return stream.WriteAsync(bytes, cancellationToken).AsTask();
        CrashPoint.Reach("line.asking");
        return WriteAsync(stream, cancellationToken);
    }

    private async Task WriteAsync(Stream stream, CancellationToken ct)
    {
        await stream.WriteAsync(bytes, ct);
        await stream.FlushAsync(ct);
        CrashPoint.Reach("line.sent");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}

/// <summary>The deadline passed before the first byte.</summary>
internal sealed class DeadlinePassedException : Exception;
