using System.Buffers.Binary;

namespace TwilioFake.Rest;

/// <summary>Sound of a wanted length: a quiet tone, another one on each channel.</summary>
internal static class SoundFiles
{
    private const int Rate = 8000;
    private const int HeaderBytes = 44;

    // MPEG-1 layer III, 32 kbit/s, 48 kHz, one channel: 96 bytes for 24 ms. A frame of nothing but zeros after its head is silence.
    private const int FrameBytes = 96;
    private const int FramesPerThreeSeconds = 125;

    public static byte[] Wav(int seconds, int channels)
    {
        var data = seconds * Rate * channels * 2;
        var file = new byte[HeaderBytes + data];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 36 + data);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Rate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), data);
        for (var sample = 0; sample < seconds * Rate; sample++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var level = (short)(1500 * Math.Sin(2 * Math.PI * 220 * (channel + 1) * sample / Rate));
                BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderBytes + (((sample * channels) + channel) * 2)), level);
            }
        }
        return file;
    }

    public static byte[] Mp3(int seconds)
    {
        var file = new byte[Math.Max(1, seconds * FramesPerThreeSeconds / 3) * FrameBytes];
        for (var start = 0; start < file.Length; start += FrameBytes)
            new byte[] { 0xFF, 0xFB, 0x14, 0xC4 }.CopyTo(file, start);
        return file;
    }
}
