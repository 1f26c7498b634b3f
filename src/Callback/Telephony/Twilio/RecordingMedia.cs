namespace Callback.Telephony.Twilio;

/// <summary>The sound of a recording while it arrives.</summary>
public sealed class RecordingMedia : IAsyncDisposable
{
    private readonly HttpResponseMessage response;

    private RecordingMedia(HttpResponseMessage response, Stream content)
    {
        this.response = response;
        Content = content;
    }

    public Stream Content { get; }

    /// <summary>audio/x-wav or audio/mpeg.</summary>
    public string ContentType => response.Content.Headers.ContentType?.MediaType ?? "application/octet-stream";

    /// <summary>In bytes, of what is sent.</summary>
    public long? Length => response.Content.Headers.ContentLength;

    /// <summary>As in Content-Range: <c>bytes 0-99/1234</c>; null: it is all of it.</summary>
    public string? Range => response.Content.Headers.ContentRange?.ToString();

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        response.Dispose();
    }

    internal static async Task<RecordingMedia> OfAsync(HttpResponseMessage response, CancellationToken ct) => new(response, await response.Content.ReadAsStreamAsync(ct));
}
